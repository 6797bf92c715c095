"""The app: pages for coach, athlete and trainer. All measuring is done elsewhere."""

from __future__ import annotations

from plumbline.errors import PlumblineError
from plumbline.language import _


def main() -> None:
    """Lay out the app and run the page that is open."""
    import streamlit as st

    from plumbline.app._libraries import steady_imports

    steady_imports()  # before anything loads in a thread

    from plumbline.app import (
        _analyse,
        _athletes,
        _batch,
        _coach,
        _compare,
        _guide,
        _language,
        _limits,
        _live,
        _log,
        _plan,
        _progress,
        _tests,
    )
    from plumbline.app._components import STATIC, names
    from plumbline.app._words import told

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
        st.Page(_analyse.page, title=_("Analyse"), icon=":material/movie:", url_path="analyse", default=True),
        st.Page(_live.page, title=_("Live"), icon=":material/videocam:", url_path="live"),
        st.Page(_compare.page, title=_("Compare"), icon=":material/compare:", url_path="compare"),
        st.Page(_batch.page, title=_("Several clips"), icon=":material/stacks:", url_path="several"),
        st.Page(_athletes.page, title=_("Athletes"), icon=":material/group:", url_path="athletes"),
        st.Page(_plan.page, title=_("Plan"), icon=":material/calendar_month:", url_path="plan"),
        st.Page(_log.page, title=_("Log"), icon=":material/edit_note:", url_path="log"),
        st.Page(_tests.page, title=_("Tests"), icon=":material/timer:", url_path="tests"),
        st.Page(_progress.page, title=_("Progress"), icon=":material/trending_up:", url_path="progress"),
        st.Page(_limits.page, title=_("Limits"), icon=":material/tune:", url_path="limits"),
        st.Page(_guide.page, title=_("How to film"), icon=":material/help:", url_path="guide"),
    ]
    st.session_state["pages"] = {p.url_path or "analyse": p for p in pages}
    page = st.navigation(pages, position="top")
    before, st.session_state["on_page"] = st.session_state.get("on_page"), page.title
    st.session_state["entered"] = before not in (None, page.title)
    names()
    try:
        page.run()
    except PlumblineError as error:  # such as a log's database that has gone away meanwhile
        st.error(told(error), icon=":material/error:")
