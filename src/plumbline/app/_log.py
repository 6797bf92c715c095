"""The page of the training log: sessions to read, write, take out and bring back."""

from __future__ import annotations

import streamlit as st

from plumbline.app._local import date_input, today
from plumbline.app._log_session import DELETED, SIDES, edit_session, write
from plumbline.app._training import add_athlete, choose_athlete, training_log
from plumbline.catalogue import load_drills
from plumbline.language import _, say
from plumbline.log import AthleteEntry, TrainingLog, drill_name, kind_of, set_by_hand

# Sessions that are shown before older ones are asked for: each has tables to write into.
SHOWN = 10


def page() -> None:
    """Who, what was done, and a form for more."""
    st.title(_("Log"))
    log = training_log()
    if log is None:
        return
    athlete = choose_athlete(log, "log_athlete")
    if athlete is None:
        st.info(_("Nobody is in the log yet. Add an athlete; a measured clip is then logged with one click."))
        add_athlete(log)
        return
    left, right = st.columns([1, 2], gap="large")
    with left:
        _by_hand(log, athlete)
    with right:
        _sessions(log, athlete)


def _by_hand(log: TrainingLog, athlete: AthleteEntry) -> None:
    drills = load_drills()
    with st.form("by_hand", border=True):
        st.markdown(_("By hand"))
        on = date_input(st, _("Day"), today())
        drill = st.selectbox(_("Drill"), list(drills), list(drills).index("pogo"), format_func=drill_name)
        a, b = st.columns(2)
        reps = a.number_input(_("Reps"), 0, 10_000, 10)
        side = b.selectbox(_("Side"), SIDES, format_func=say)
        if st.form_submit_button(_("Log it"), type="primary"):
            write(lambda: log.add_set(athlete, on, set_by_hand(drill, int(reps), side), kind_of(drill)), _("Logged."))


def _sessions(log: TrainingLog, athlete: AthleteEntry) -> None:
    sessions = log.sessions(athlete)
    whose, gone, on = st.session_state.get(DELETED, ("", "", ""))
    if whose == athlete.id:
        words, button = st.columns([3, 1], vertical_alignment="center")
        words.caption(_("The session of {day} is deleted.", day=on))
        if button.button(_("Undo"), icon=":material/undo:"):
            st.session_state.pop(DELETED)
            write(lambda: log.undo_delete(gone), _("Brought back."))
    if not sessions:
        st.info(_("No session yet: log a measured clip from its *Export and save*, or a set by hand."))
    key = f"log_shown_{athlete.id}"
    shown = st.session_state.setdefault(key, SHOWN)
    for session in list(reversed(sessions))[:shown]:
        edit_session(log, athlete, session)
    if len(sessions) > shown and st.button(_("Older sessions ({n})", n=len(sessions) - shown)):
        st.session_state[key] = shown + SHOWN
        st.rerun()
