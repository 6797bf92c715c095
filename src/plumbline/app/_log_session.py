"""One session of the training log: tables that can be written into, kept until they are saved or undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st
from pydantic import ValidationError

from plumbline.app._words import error_markdown, escaped
from plumbline.catalogue import load_drills
from plumbline.errors import PlumblineError, SettingsError, first_problem
from plumbline.language import N_, _, day, say
from plumbline.log import AthleteEntry, SessionEntry, TrainingLog, drill_name, set_by_hand

SIDES = (N_("both"), N_("left"), N_("right"))
# Whose session was deleted last, which one, and of what day.
DELETED = "deleted"


def write(change: Callable[[], object], done: str) -> None:
    """Write, say that it is done, and look again; or say why not."""
    try:
        change()
    except PlumblineError as error:
        st.error(error_markdown(error))
    else:
        st.toast(done, icon=":material/check:")
        st.rerun()


def _drafts() -> dict[str, SessionEntry]:
    """What was written into sessions and not saved yet, by session; it outlasts a look at another page."""
    drafts: dict[str, SessionEntry] = st.session_state.setdefault("log_drafts", {})
    return drafts


def edit_session(log: TrainingLog, athlete: AthleteEntry, s: SessionEntry) -> None:
    """Everything of a session in tables that can be written into; rows can be taken out and added."""
    left = s.id in _drafts()
    title = f"{day(s.day, 'yMMMEd')} · {s.said}" + (f" · {_('not saved')}" if left else "")
    with st.expander(escaped(title), expanded=left, key=f"session_{s.id}"):
        _tables(log, athlete, s)


def _begun(s: SessionEntry) -> tuple[SessionEntry, str]:
    """What a session's tables begin with, and the key of this round of writing into them.

    A table remembers what was written since it began: it begins anew, with what was left unsaved, when its page is
    opened, when the session is saved, and when the changes are taken back.
    """
    rounds = st.session_state.setdefault("log_rounds", {})
    number, base = rounds.get(s.id, (0, s))
    if f"notes_{s.id}_{number}" not in st.session_state:
        number, base = number + 1, _drafts().get(s.id, s)
        rounds[s.id] = (number, base)
    return base, f"{s.id}_{number}"


def _begin_anew(session_id: str) -> None:
    """Forget what was written into a session's tables."""
    _drafts().pop(session_id, None)
    number, base = st.session_state["log_rounds"][session_id]
    st.session_state["log_rounds"][session_id] = (number + 1, base)


@st.fragment
def _tables(log: TrainingLog, athlete: AthleteEntry, s: SessionEntry) -> None:
    base, key = _begun(s)
    sets = _sets_table(base, key)
    a, b = st.columns([1, 2])
    effort = a.number_input(
        _("Effort, 0 to 10"),
        0.0,
        10.0,
        base.effort,
        0.5,
        format="%.1f",
        placeholder=_("not given"),
        key=f"effort_{key}",
    )
    with b:
        hurt = _discomfort_table(base, key)
    notes = st.text_area(_("Notes"), base.notes, max_chars=4000, height=80, key=f"notes_{key}")
    why = ""
    try:
        now = _edited(base, sets, hurt, effort, notes)
    except SettingsError as error:
        now, why = None, error_markdown(error)
    _keep_draft(s, now)
    keep, undo, drop = st.columns(3)
    # Never disabled: the click that leaves a number must count.
    if keep.button(_("Save session"), key=f"save_{key}"):
        if now is None:
            st.error(why)
        else:
            write(lambda: _saved(log, athlete, now), _("Saved."))
    changed = now is None or s.id in _drafts()
    if undo.button(_("Undo changes"), icon=":material/undo:", disabled=not changed, key=f"undo_{key}"):
        _begin_anew(s.id)
        st.rerun()
    if drop.button(_("Delete this session"), icon=":material/delete:", key=f"drop_{key}"):
        write(lambda: _deleted(log, athlete, s), _("Deleted."))
    if changed:
        st.caption(_("Not saved yet."))


def _keep_draft(s: SessionEntry, now: SessionEntry | None) -> None:
    """Keep what was written where it differs from what is saved; a row that is not complete yet waits."""
    if now is None:
        return
    if now.model_dump(exclude={"changed"}) == s.model_dump(exclude={"changed"}):
        _drafts().pop(s.id, None)
    else:
        _drafts()[s.id] = now


def _saved(log: TrainingLog, athlete: AthleteEntry, now: SessionEntry) -> None:
    log.save_session(athlete, now)
    _begin_anew(now.id)


def _deleted(log: TrainingLog, athlete: AthleteEntry, s: SessionEntry) -> None:
    """Delete a session; who looks at this athlete again can undo it."""
    log.delete_session(s.id, s.changed)
    _begin_anew(s.id)
    st.session_state[DELETED] = (athlete.id, s.id, day(s.day, "MMMd"))


def _typed(columns: dict[str, list[Any]]) -> pd.DataFrame:
    """A table whose columns keep their kind without rows."""
    whole = {"reps", "contacts", "score"}
    return pd.DataFrame({k: pd.Series(v, dtype="Int64" if k in whole else "str") for k, v in columns.items()})


def _sets_table(s: SessionEntry, key: str) -> pd.DataFrame:
    """The sets, to be looked at and changed."""
    columns: dict[str, list[Any]] = {
        "id": [x.id for x in s.sets],
        "drill": [x.drill for x in s.sets],
        "reps": [x.reps for x in s.sets],
        "contacts": [x.contacts for x in s.sets],
        "side": [x.side for x in s.sets],
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
                _("Drill"), width=150, options=list(load_drills()), format_func=lambda d: drill_name(str(d))
            ),
            "side": column.SelectboxColumn(_("Side"), options=list(SIDES), format_func=lambda side: say(str(side))),
            "reps": column.NumberColumn(_("Reps"), width=60, min_value=0, max_value=10_000, step=1),
            "contacts": column.NumberColumn(_("Contacts"), width=80, min_value=0, max_value=20_000, step=1),
            "faults": column.TextColumn(_("Faults"), disabled=True),
            "film": column.TextColumn(_("From"), disabled=True),
            "notes": column.TextColumn(_("Notes"), max_chars=4000),
        },
        num_rows="dynamic",
        hide_index=True,
        key=f"sets_{key}",
    )


def _discomfort_table(s: SessionEntry, key: str) -> pd.DataFrame:
    """Where it hurt and how much, to be looked at and changed."""
    st.caption(_("Discomfort"))
    column = st.column_config
    return st.data_editor(
        _typed({"where": [d.where for d in s.discomfort], "score": [d.score for d in s.discomfort]}),
        column_config={
            "where": column.TextColumn(_("Where"), max_chars=120),
            "score": column.NumberColumn(_("0 to 10"), min_value=0, max_value=10, step=1),
        },
        num_rows="dynamic",
        hide_index=True,
        key=f"hurt_{key}",
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
