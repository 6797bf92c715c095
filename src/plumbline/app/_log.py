"""The page of the training log: sessions to read, write, take out and bring back."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import streamlit as st

from plumbline.app._results import escaped
from plumbline.app._training import add_athlete, choose_athlete, training_log
from plumbline.errors import PlumblineError
from plumbline.log import (
    AthleteEntry,
    Discomfort,
    SessionEntry,
    TrainingLog,
    export_csv,
    export_json,
    import_json,
    kind_of,
    set_by_hand,
)
from plumbline.reps import load_drills


def page() -> None:
    """Who, what was done, and a form for more."""
    st.title("Log")
    log = training_log()
    if log is None:
        return
    athlete = choose_athlete(log, "log_athlete")
    if athlete is None:
        st.info("Nobody is in the log yet. Add an athlete; a measured clip is then logged with one click.")
        add_athlete(log)
        return
    left, right = st.columns([3, 2], gap="large")
    with right:
        _by_hand(log, athlete)
        with st.expander("A new athlete"):
            add_athlete(log)
        with st.expander("Take away, take in"):
            _exchange(log)
    with left:
        _sessions(log, athlete)


def _by_hand(log: TrainingLog, athlete: AthleteEntry) -> None:
    drills = load_drills()
    with st.form("by_hand", border=True):
        st.markdown("By hand")
        day = st.date_input("Day", date.today())
        drill = st.selectbox("Drill", list(drills), list(drills).index("pogo"), format_func=lambda d: drills[d].name)
        a, b = st.columns(2)
        reps = a.number_input("Reps", 0, 10_000, 10)
        side = b.selectbox("Side", ["both", "left", "right"])
        if st.form_submit_button("Log it", type="primary"):
            _try(lambda: log.add_set(athlete, day, set_by_hand(drill, int(reps), side), kind_of(drill)))


def _try(write: Callable[[], object]) -> None:
    """Write, and look again; or say why not."""
    try:
        write()
    except PlumblineError as error:
        st.error(escaped(str(error)))
    else:
        st.rerun()


def _sessions(log: TrainingLog, athlete: AthleteEntry) -> None:
    sessions = log.sessions(athlete)
    if st.session_state.get("deleted"):
        words, button = st.columns([3, 1], vertical_alignment="center")
        words.caption(f"The session of {st.session_state['deleted']} is deleted.")
        if button.button("Undo", icon=":material/undo:"):
            st.session_state.pop("deleted")
            _try(log.undo_delete)
    if not sessions:
        st.info("No session yet: log a measured clip from its *Take away*, or a set by hand.")
    for session in reversed(sessions):
        _session(log, athlete, session)


def _session(log: TrainingLog, athlete: AthleteEntry, s: SessionEntry) -> None:
    parts = [f"{s.day:%a %d %b %Y}", s.kind]
    parts += [f"{s.contacts} contacts"] if s.contacts else []
    parts += [f"effort {s.effort:g}"] if s.effort is not None else []
    parts += [f"{d.where} {d.score}/10" for d in s.discomfort]
    with st.expander(escaped(" · ".join(parts)), key=f"session_{s.id}"):
        rows = [
            {
                "Drill": x.drill_name,
                "Side": "" if x.side == "both" else x.side,
                "Reps": x.reps,
                "Contacts": x.contacts,
                "Faults": ", ".join(f"{f.label} {f.count}" for f in x.faults.values() if f.count),
                "From": x.film or "by hand",
            }
            for x in s.sets
        ]
        st.dataframe(rows, hide_index=True)
        _edit(log, athlete, s)


def _edit(log: TrainingLog, athlete: AthleteEntry, s: SessionEntry) -> None:
    hurt = s.discomfort[0] if s.discomfort else None
    with st.form(f"edit_{s.id}", border=False):
        a, b, c = st.columns(3)
        effort = a.number_input("Effort, 0 to 10", 0.0, 10.0, s.effort, 0.5, placeholder="not given")
        where = b.text_input("Discomfort where", hurt.where if hurt else "", max_chars=120)
        score = c.number_input("how much, 0 to 10", 0, 10, hurt.score if hurt else 0)
        notes = st.text_area("Notes", s.notes, max_chars=4000, height=80)
        keep, drop = st.columns(2)
        kept = keep.form_submit_button("Keep")
        dropped = drop.form_submit_button("Delete this session", icon=":material/delete:")
    if kept:
        first = (Discomfort(where=where, score=int(score)),) if where.strip() else ()
        change = {"effort": effort, "notes": notes, "discomfort": first + s.discomfort[1:]}
        _try(lambda: log.save_session(athlete, SessionEntry.model_validate(s.model_dump() | change)))
    if dropped:
        st.session_state["deleted"] = f"{s.day:%d %b}"
        _try(lambda: log.delete_session(s.id))


def _exchange(log: TrainingLog) -> None:
    st.caption(escaped(f"The log lies at {log.place}."))
    if st.toggle("Prepare the files", key="log_files"):
        st.download_button("Everything (JSON)", export_json(log), "log.json", "application/json", on_click="ignore")
        st.download_button("A table (CSV)", export_csv(log), "log.csv", "text/csv", on_click="ignore")
    given = st.file_uploader("An exported log", type=["json"])
    if given is not None and st.button("Take it in"):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "log.json"
            file.write_bytes(given.getvalue())
            try:
                athletes, sessions = import_json(log, file)
            except PlumblineError as error:
                st.error(escaped(str(error).replace(str(file), given.name)))
            else:
                st.success(f"{athletes} athletes and {sessions} sessions taken in.")
