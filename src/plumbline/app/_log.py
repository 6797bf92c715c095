"""The page of the training log: sessions to read, write, take out and bring back."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st
from pydantic import ValidationError

from plumbline.app._coach import coach
from plumbline.app._exports import decimal_sign
from plumbline.app._training import add_athlete, change_athlete, choose_athlete, training_log
from plumbline.app._words import escaped
from plumbline.catalogue import load_drills
from plumbline.errors import PlumblineError, SettingsError, first_problem
from plumbline.forget import forget
from plumbline.log import (
    AthleteEntry,
    SessionEntry,
    TrainingLog,
    Whose,
    drill_name,
    export_csv,
    export_json,
    export_parquet,
    import_json,
    import_table,
    kind_of,
    set_by_hand,
)
from plumbline.tables import with_decimal


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
        with st.expander(escaped(f"About {athlete.name}")):
            change_athlete(log, athlete)
        with st.expander("A new athlete"):
            add_athlete(log)
        with st.expander("Export and import"):
            _exchange(log, athlete)
        with st.expander(escaped(f"Delete {athlete.name} permanently")):
            _forget(log, athlete)
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


def _forget(log: TrainingLog, athlete: AthleteEntry) -> None:
    st.markdown(
        "Deletes all sessions, saved reports and films, and landmarks, permanently. "
        "Export the log first if you may need it."
    )
    with st.form("forget", border=False, clear_on_submit=True):
        name = st.text_input("The athlete's name, to be sure", max_chars=120)
        if not st.form_submit_button("Delete permanently", icon=":material/delete_forever:"):
            return
    if name.strip() != athlete.name:
        st.error("That is not the name: nothing was deleted.")
        return
    st.session_state.pop("athlete", None)
    _try(lambda: forget(log, athlete))


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
        st.info("No session yet: log a measured clip from its *Export and save*, or a set by hand.")
    for session in reversed(sessions):
        _session(log, athlete, session)


def _session(log: TrainingLog, athlete: AthleteEntry, s: SessionEntry) -> None:
    parts = [f"{s.day:%a %d %b %Y}", s.kind]
    parts += [f"{s.contacts} contacts"] if s.contacts else []
    parts += [f"effort {s.effort:g}"] if s.effort is not None else []
    parts += [f"{d.where} {d.score}/10" for d in s.discomfort]
    with st.expander(escaped(" · ".join(parts)), key=f"session_{s.id}"):
        _edit(log, athlete, s)


def _edit(log: TrainingLog, athlete: AthleteEntry, s: SessionEntry) -> None:
    """Everything of a session in tables that can be written into; rows can be taken out and added."""
    with st.form(f"edit_{s.id}", border=False):
        sets = _sets_table(s)
        a, b = st.columns([1, 2])
        effort = a.number_input("Effort, 0 to 10", 0.0, 10.0, s.effort, 0.5, placeholder="not given")
        with b:
            st.caption("Discomfort")
            hurt = st.data_editor(
                _typed({"where": [d.where for d in s.discomfort], "score": [d.score for d in s.discomfort]}),
                column_config={
                    "where": st.column_config.TextColumn("Where", max_chars=120),
                    "score": st.column_config.NumberColumn("0 to 10", min_value=0, max_value=10, step=1),
                },
                num_rows="dynamic",
                hide_index=True,
                key=f"hurt_{s.id}",
            )
        notes = st.text_area("Notes", s.notes, max_chars=4000, height=80)
        keep, drop = st.columns(2)
        kept = keep.form_submit_button("Save session")
        dropped = drop.form_submit_button("Delete this session", icon=":material/delete:")
    if kept:
        _try(lambda: log.save_session(athlete, _edited(s, sets, hurt, effort, notes)))
    if dropped:
        st.session_state["deleted"] = f"{s.day:%d %b}"
        _try(lambda: log.delete_session(s.id))


def _typed(columns: dict[str, list[Any]]) -> pd.DataFrame:
    """A table whose columns keep their kind without rows."""
    whole = {"reps", "contacts", "score"}
    return pd.DataFrame({k: pd.Series(v, dtype="Int64" if k in whole else "str") for k, v in columns.items()})


def _sets_table(s: SessionEntry) -> pd.DataFrame:
    """The sets, to be looked at and changed."""
    columns: dict[str, list[Any]] = {
        "id": [x.id for x in s.sets],
        "drill": [x.drill for x in s.sets],
        "side": [x.side for x in s.sets],
        "reps": [x.reps for x in s.sets],
        "contacts": [x.contacts for x in s.sets],
        "faults": [", ".join(f"{f.label} {f.count}" for f in x.faults.values() if f.count) for x in s.sets],
        "film": [x.film or "by hand" for x in s.sets],
        "notes": [x.notes for x in s.sets],
    }
    column = st.column_config
    return st.data_editor(
        _typed(columns),
        column_config={
            "id": None,
            "drill": column.SelectboxColumn(
                "Drill", width="medium", options=list(load_drills()), format_func=lambda d: drill_name(str(d))
            ),
            "side": column.SelectboxColumn("Side", options=["both", "left", "right"]),
            "reps": column.NumberColumn("Reps", min_value=0, max_value=10_000, step=1),
            "contacts": column.NumberColumn("Contacts", min_value=0, max_value=20_000, step=1),
            "faults": column.TextColumn("Faults", disabled=True),
            "film": column.TextColumn("From", disabled=True),
            "notes": column.TextColumn("Notes", max_chars=4000),
        },
        num_rows="dynamic",
        hide_index=True,
        key=f"sets_{s.id}",
    )


def _rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """A table's rows, without cells that are empty."""
    rows = [{k: v for k, v in row.items() if pd.notna(v) and v != ""} for row in table.to_dict("records")]
    return [{str(k): v for k, v in row.items()} for row in rows if row]


def _edited(s: SessionEntry, sets: pd.DataFrame, hurt: pd.DataFrame, effort: float | None, notes: str) -> SessionEntry:
    """The session as the form has it.

    Raises
    ------
    SettingsError
        When a row cannot be kept as it is.
    """
    known = {x.id: x.model_dump() for x in s.sets}
    fields = ("drill", "side", "reps", "contacts")
    rows = [(known.get(row.get("id", ""), {}), row) for row in _rows(sets)]
    change = {
        "sets": [
            {**base, **{k: row[k] for k in fields if k in row}, "notes": row.get("notes", "")} for base, row in rows
        ],
        "discomfort": _rows(hurt),
        "effort": effort,
        "notes": notes,
    }
    try:
        return SessionEntry.model_validate(s.model_dump() | change)
    except ValidationError as error:
        raise SettingsError("this cannot be kept: {first_problem}.", first_problem=first_problem(error)) from error


def _exchange(log: TrainingLog, athlete: AthleteEntry) -> None:
    st.caption(escaped(f"The log lies at {log.place}."))
    if st.toggle("Prepare the files", key="log_files"):
        st.download_button("Everything (JSON)", export_json(log), "log.json", "application/json", on_click="ignore")
        table = "".join(with_decimal([export_csv(log)], decimal_sign("decimal_log")))
        st.download_button("A table (CSV)", table, "log.csv", "text/csv", on_click="ignore")
        parquet = "application/vnd.apache.parquet"
        st.download_button("A table (Parquet)", export_parquet(log), "log.parquet", parquet, on_click="ignore")
    given = st.file_uploader(
        "An exported log (JSON), a roster, or another tool's jumps (CSV)", type=["json", "csv"], key="log_given"
    )
    if given is None:
        return
    of_table = given.name.lower().endswith(".csv")
    names = {i: drill_name(i) for i, d in load_drills().items() if d.movement is not None}
    whose = Whose()
    if of_table:
        drill = st.selectbox("Jumps of", list(names), format_func=names.__getitem__)
        day = st.date_input("Day, where the table has none", date.today(), key="import_day")
        st.caption(escaped(f"A table without names is taken to be of {athlete.name}."))
        whose = Whose(drill, athlete.name, day)
    if st.button("Import"):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / ("log.csv" if of_table else "log.json")
            file.write_bytes(given.getvalue())
            try:
                athletes, sessions = (
                    import_table(log, file, whose) if of_table else import_json(log, file, with_places=not coach())
                )
            except PlumblineError as error:
                st.error(escaped(str(error).replace(str(file), given.name).replace(file.name, given.name)))
            else:
                st.success(f"Imported: {athletes} athletes, {sessions} sessions.")
