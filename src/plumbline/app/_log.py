"""The page of the training log: sessions to read, write, take out and bring back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st
from pydantic import ValidationError

from plumbline.app._local import date_input, today
from plumbline.app._training import add_athlete, choose_athlete, training_log
from plumbline.app._words import escaped, told
from plumbline.catalogue import load_drills
from plumbline.errors import PlumblineError, SettingsError, first_problem
from plumbline.language import N_, _, day, say
from plumbline.log import (
    AthleteEntry,
    SessionEntry,
    TrainingLog,
    drill_name,
    kind_of,
    set_by_hand,
)

# Sessions that are shown before older ones are asked for: each has tables to write into.
SHOWN = 10
SIDES = (N_("both"), N_("left"), N_("right"))


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
            _try(lambda: log.add_set(athlete, on, set_by_hand(drill, int(reps), side), kind_of(drill)), _("Logged."))


def _try(write: Callable[[], object], done: str) -> None:
    """Write, say that it is done, and look again; or say why not."""
    try:
        write()
    except PlumblineError as error:
        st.error(told(error))
    else:
        st.toast(done, icon=":material/check:")
        st.rerun()


def _sessions(log: TrainingLog, athlete: AthleteEntry) -> None:
    sessions = log.sessions(athlete)
    whose, gone, on = st.session_state.get("deleted", ("", "", ""))
    if whose == athlete.id:
        words, button = st.columns([3, 1], vertical_alignment="center")
        words.caption(_("The session of {day} is deleted.", day=on))
        if button.button(_("Undo"), icon=":material/undo:"):
            st.session_state.pop("deleted")
            _try(lambda: log.undo_delete(gone), _("Brought back."))
    if not sessions:
        st.info(_("No session yet: log a measured clip from its *Export and save*, or a set by hand."))
    key = f"log_shown_{athlete.id}"
    shown = st.session_state.setdefault(key, SHOWN)
    for session in list(reversed(sessions))[:shown]:
        _session(log, athlete, session)
    if len(sessions) > shown and st.button(_("Older sessions ({n})", n=len(sessions) - shown)):
        st.session_state[key] = shown + SHOWN
        st.rerun()


def _session(log: TrainingLog, athlete: AthleteEntry, s: SessionEntry) -> None:
    with st.expander(escaped(f"{day(s.day, 'yMMMEd')} · {s.said}"), key=f"session_{s.id}"):
        _edit(log, athlete, s)


def _edit(log: TrainingLog, athlete: AthleteEntry, s: SessionEntry) -> None:
    """Everything of a session in tables that can be written into; rows can be taken out and added."""
    with st.form(f"edit_{s.id}", border=False):
        sets = _sets_table(s)
        a, b = st.columns([1, 2])
        effort = a.number_input(
            _("Effort, 0 to 10"), 0.0, 10.0, s.effort, 0.5, format="%.1f", placeholder=_("not given")
        )
        with b:
            st.caption(_("Discomfort"))
            hurt = st.data_editor(
                _typed({"where": [d.where for d in s.discomfort], "score": [d.score for d in s.discomfort]}),
                column_config={
                    "where": st.column_config.TextColumn(_("Where"), max_chars=120),
                    "score": st.column_config.NumberColumn(_("0 to 10"), min_value=0, max_value=10, step=1),
                },
                num_rows="dynamic",
                hide_index=True,
                key=f"hurt_{s.id}",
            )
        notes = st.text_area(_("Notes"), s.notes, max_chars=4000, height=80)
        keep, drop = st.columns(2)
        kept = keep.form_submit_button(_("Save session"))
        dropped = drop.form_submit_button(_("Delete this session"), icon=":material/delete:")
    if kept:
        _try(lambda: log.save_session(athlete, _edited(s, sets, hurt, effort, notes)), _("Saved."))
    if dropped:
        _try(lambda: _deleted(log, athlete, s), _("Deleted."))


def _deleted(log: TrainingLog, athlete: AthleteEntry, s: SessionEntry) -> None:
    """Delete a session; who looks at this athlete again can undo it."""
    log.delete_session(s.id, s.changed)
    st.session_state["deleted"] = (athlete.id, s.id, day(s.day, "MMMd"))


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
        "faults": [x.faults_said for x in s.sets],
        "film": [x.film or _("by hand") for x in s.sets],
        "notes": [x.notes for x in s.sets],
    }
    column = st.column_config
    return st.data_editor(
        _typed(columns),
        column_config={
            "id": None,
            "drill": column.SelectboxColumn(
                _("Drill"), width="medium", options=list(load_drills()), format_func=lambda d: drill_name(str(d))
            ),
            "side": column.SelectboxColumn(_("Side"), options=list(SIDES), format_func=lambda side: say(str(side))),
            "reps": column.NumberColumn(_("Reps"), min_value=0, max_value=10_000, step=1),
            "contacts": column.NumberColumn(_("Contacts"), min_value=0, max_value=20_000, step=1),
            "faults": column.TextColumn(_("Faults"), disabled=True),
            "film": column.TextColumn(_("From"), disabled=True),
            "notes": column.TextColumn(_("Notes"), max_chars=4000),
        },
        num_rows="dynamic",
        hide_index=True,
        key=f"sets_{s.id}",
    )


def _rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """A table's rows, without cells that are empty."""
    rows = [{k: v for k, v in row.items() if pd.notna(v) and v != ""} for row in table.to_dict("records")]
    return [{str(k): v for k, v in row.items()} for row in rows if row]


def _new_set(row: dict[str, Any]) -> dict[str, Any]:
    """A set that was written into the table: its contacts by the drill's count, as of one added below it."""
    if not {"drill", "reps"} <= row.keys():
        return {}
    return set_by_hand(str(row["drill"]), int(row["reps"]), str(row.get("side", "both"))).model_dump()


def _counted(known: dict[str, dict[str, Any]], row: dict[str, Any]) -> dict[str, Any]:
    """A row whose drill or reps were changed and whose contacts were not: those of a set by hand follow."""
    before = known.get(row.get("id", ""), {})
    changed = any(row.get(k) != before.get(k) for k in ("drill", "reps"))
    if not before or before["source"] == "film" or not changed or row.get("contacts") != before["contacts"]:
        return row
    return {**row, "contacts": _new_set(row).get("contacts", before["contacts"])}


def _edited(s: SessionEntry, sets: pd.DataFrame, hurt: pd.DataFrame, effort: float | None, notes: str) -> SessionEntry:
    """The session as the form has it.

    Raises
    ------
    SettingsError
        When a row cannot be kept as it is.
    """
    known = {x.id: x.model_dump() for x in s.sets}
    fields = ("drill", "side", "reps", "contacts")
    rows = [(known.get(row.get("id", "")) or _new_set(row), _counted(known, row)) for row in _rows(sets)]
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
