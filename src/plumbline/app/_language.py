"""Which language the pages speak: the one that was chosen, else the browser's."""

from __future__ import annotations

from contextlib import suppress

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from plumbline.app._session import limits_file
from plumbline.errors import OutputError
from plumbline.files import make_folder, write_text
from plumbline.language import LANGUAGES, _, ask_for, fitting

SPOKEN, CHOICE = "language_spoken", "language_choice"


def listen() -> None:
    """Speak the visitor's language from here on, in every part of the page that runs by itself, too."""
    ask_for(_of_page, _place_of_page)
    chosen = _chosen()
    st.session_state[SPOKEN] = chosen or fitting(st.context.locale or "")


def _of_page() -> str:
    """The language of the page that asks; "" outside any page."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return ""
    return str(st.session_state.get(SPOKEN, ""))


def _place_of_page() -> str:
    """The browser's own tag, such as "en-US"; "" outside any page."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return ""
    return st.context.locale or ""


def _chosen() -> str:
    """What was chosen, in this visit or an earlier one; "" for the browser's."""
    if CHOICE not in st.session_state:
        kept = ""
        with suppress(OSError, UnicodeDecodeError):
            kept = limits_file().with_name("language").read_text(encoding="utf-8").strip()
        st.session_state[CHOICE] = kept if kept in LANGUAGES else ""
    return str(st.session_state[CHOICE])


def choice() -> None:
    """The setting, in the sidebar."""
    names = {"": _("Automatic"), **LANGUAGES}
    with st.sidebar:
        now = st.selectbox(
            _("Language"), list(names), list(names).index(_chosen()), format_func=names.__getitem__, key="language_box"
        )
    if now != _chosen():
        st.session_state[CHOICE] = now
        _keep(now)
        st.rerun()


def _keep(language: str) -> None:
    """Remember it for the next visit, beside the coach's limits; where that cannot be, for this one only."""
    file = limits_file().with_name("language")
    with suppress(OutputError):
        make_folder(file.parent)
        write_text(file, language)
