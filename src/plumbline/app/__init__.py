"""The app: pages for coach, athlete and trainer. All measuring is done elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from plumbline.errors import PlumblineError
from plumbline.language import _


def _page(module: str) -> Callable[[], None]:
    """The page that a module of this folder holds, loaded when it is first opened: the start must not wait for all."""

    def page() -> None:
        import_module(f"plumbline.app.{module}").page()

    return page


def main() -> None:
    """Lay out the app and run the page that is open."""
    import streamlit as st

    from plumbline.app._libraries import steady_imports

    steady_imports()  # before anything loads in a thread

    from plumbline.app import _coach, _language
    from plumbline.app._components import STATIC, names
    from plumbline.app._words import error_markdown

    # An icon by name or an emoji would be fetched from the internet.
    st.set_page_config(
        page_title="Plumbline",
        page_icon=str(STATIC / "icon.svg"),
        layout="wide",
        initial_sidebar_state="collapsed",
    )
    st.html(STATIC / "app.css")
    _language.listen()
    if not _coach.admitted():
        return
    _language.choice()
    pages = [
        st.Page(_page("_analyse"), title=_("Analyse"), icon=":material/movie:", url_path="analyse", default=True),
        st.Page(_page("_live"), title=_("Live"), icon=":material/videocam:", url_path="live"),
        st.Page(_page("_compare"), title=_("Compare"), icon=":material/compare:", url_path="compare"),
        st.Page(_page("_batch"), title=_("Several clips"), icon=":material/stacks:", url_path="several"),
        st.Page(_page("_athletes"), title=_("Athletes"), icon=":material/group:", url_path="athletes"),
        st.Page(_page("_plan"), title=_("Plan"), icon=":material/calendar_month:", url_path="plan"),
        st.Page(_page("_log"), title=_("Log"), icon=":material/edit_note:", url_path="log"),
        st.Page(_page("_tests"), title=_("Tests"), icon=":material/timer:", url_path="tests"),
        st.Page(_page("_progress"), title=_("Progress"), icon=":material/trending_up:", url_path="progress"),
        st.Page(_page("_limits"), title=_("Limits"), icon=":material/tune:", url_path="limits"),
        st.Page(_page("_guide"), title=_("How to film"), icon=":material/help:", url_path="guide"),
    ]
    st.session_state["pages"] = {p.url_path or "analyse": p for p in pages}
    page = st.navigation(pages, position="top")
    before, st.session_state["on_page"] = st.session_state.get("on_page"), page.title
    st.session_state["entered"] = before not in (None, page.title)
    names()
    try:
        page.run()
    except PlumblineError as error:  # such as a log's database that has gone away meanwhile
        st.error(error_markdown(error), icon=":material/error:")
