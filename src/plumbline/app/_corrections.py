"""Corrections by hand: the frame itself, moved through; reps deleted and added; each change undone by itself."""

from __future__ import annotations

import numpy as np
import streamlit as st
from pydantic import ValidationError

from plumbline.app._changes import Change, added_place, changes, deleted, nudged, without
from plumbline.app._clip import ClipJob, with_edits
from plumbline.app._components import instant, nudge
from plumbline.app._results import measure_again, picked_rep
from plumbline.app._words import escaped
from plumbline.edits import AddedRep, Edits
from plumbline.errors import first_problem
from plumbline.language import N_, _, number, say
from plumbline.report import RepOut

EVENTS = {"touchdown": N_("Touchdown"), "toe_off": N_("Toe-off"), "landing": N_("Landing")}


def corrections(job: ClipJob) -> None:
    """Move the picked rep's events by a frame, delete or add a rep, undo."""
    rep = picked_rep(job)
    if rep is not None:
        events = [name for name in EVENTS if getattr(rep, f"{name}_s") is not None]
        st.markdown(
            _(
                "**Rep {n}**: is an event in the wrong frame? Move it; everything is measured again.",
                n=rep.index,
            )
        )
        if events:
            _event(job, rep, events)
        else:
            st.caption(_("This rep has no event that can be moved."))
        # The rep is part of every key: a click on what an earlier rep left on the page must not change this one.
        if st.button(_("Delete rep {n}", n=rep.index), icon=":material/delete:", key=f"delete_{rep.index}_{job.token}"):
            assert job.analysis is not None
            st.session_state[f"rep_{job.token}"] = (
                rep.index
            )  # so that the film goes to its neighbour, as the panel does
            _measure(job, deleted(job.edits, job.analysis, rep.index))
    with st.expander(_("Add a rep that was missed")):
        _add(job, rep)
    _undo(job)


def _measure(job: ClipJob, edits: Edits) -> None:
    measure_again(job, with_edits(job.request, edits))


def _event(job: ClipJob, rep: RepOut, events: list[str]) -> None:
    """The frames about one event, and buttons and keys that move it."""
    assert job.analysis is not None
    event = st.segmented_control(
        _("Event"),
        events,
        format_func=lambda e: say(EVENTS[e]),
        default=events[0],
        required=True,
        key=f"event_{job.token}",
    )
    event = event if event in events else events[0]
    value = float(getattr(rep, f"{event}_s"))
    if job.filmed:
        _frames(job, value)
    automatic = getattr(rep.automatic, f"{event}_s") if rep.automatic else None
    was = (
        _(", found at {time:.3f} s", time=automatic) if automatic is not None and abs(automatic - value) > 1e-6 else ""
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        if frames := nudge(str(job.version), f"nudge_{event}_{rep.index}_{job.token}"):
            _measure(job, nudged(job.edits, job.analysis, rep.index, event, float(frames)))
        if st.button(_("This is correct"), key=f"{event}_right_{rep.index}_{job.token}", icon=":material/check:"):
            _measure(job, nudged(job.edits, job.analysis, rep.index, event, 0.0))
        st.markdown(_("{event} at **{time:.3f} s**{was}", event=say(EVENTS[event]), time=value, was=was))


def _frames(job: ClipJob, time_s: float) -> None:
    """The frame before, at and after an instant, cut to the feet."""
    assert job.analysis is not None
    times = job.analysis.pose.time_s
    # As in the film: the first frame with the foot down, or off.
    k = min(int(np.searchsorted(times, time_s - 1e-4)), len(times) - 1)
    with st.spinner(_("Reading the frames …"), show_time=False):
        pictures = job.feet(k)
    names = {k - 1: _("Frame before"), k: _("This frame"), k + 1: _("Frame after")}
    with st.container(key=f"feet_{job.token}", horizontal=True):
        for i, words in names.items():
            if i in pictures:
                st.image(pictures[i], caption=f"{words}, {number(times[i], '.3f')} s", width=200)


def _add(job: ClipJob, rep: RepOut | None) -> None:
    """Name the instants of a rep that was not found."""
    assert job.analysis is not None
    end_s = float(job.analysis.pose.time_s[-1])
    start_s = min(rep.end_s, end_s) if rep is not None else 0.0
    fields = {event: f"{event}_{rep.index if rep else 0}_{job.token}" for event in EVENTS}
    for k, field in enumerate(fields.values()):
        st.session_state.setdefault(field, min(start_s + k * 0.2, end_s))
    if job.filmed:
        st.caption(_("Step through the film to each instant and take it. The frames can be moved afterwards."))
        if taken := instant({e: say(words) for e, words in EVENTS.items()}, job.token, f"instant_{job.token}"):
            event, time_s = taken
            st.session_state[fields[event]] = min(time_s, end_s)
    with st.form(f"add_{job.token}", border=False):
        columns = st.columns(4)
        values = [
            column.number_input(f"{say(EVENTS[event])}, s", 0.0, end_s, step=0.01, format="%.3f", key=field)
            for column, (event, field) in zip(columns, fields.items(), strict=False)
        ]
        stance = columns[3].selectbox(_("Leg"), ["both", "left", "right"], format_func=say)
        if st.form_submit_button(_("Add this rep"), icon=":material/add:"):
            touchdown, toe_off, landing = values
            if not touchdown < toe_off < landing:
                st.error(_("A rep goes from touchdown over toe-off to landing: put the three times in this order."))
                return
            row = {"touchdown_s": touchdown, "toe_off_s": toe_off, "landing_s": landing, "stance": stance}
            added = [*job.edits.added, AddedRep.model_validate(row)]
            try:
                edits = Edits.model_validate(job.edits.model_dump(by_alias=True) | {"added": added})
            except ValidationError as error:
                st.error(escaped(first_problem(error)))
                return
            st.session_state[f"rep_{job.token}"] = added_place(job.analysis, len(edits.added) - 1)
            _measure(job, edits)


def _undo(job: ClipJob) -> None:
    """Every change with a button that takes it back."""
    assert job.analysis is not None
    made = changes(job.edits, job.analysis)
    if not made:
        return
    st.markdown(_("**Changes**"))
    if moved := _moved(job.edits):
        _teach(job, moved)
    for change in made:
        with st.container(horizontal=True, vertical_alignment="center"):
            if st.button(
                _("Undo: {words}", words=change.words), key=f"undo_{change.key}_{job.token}", icon=":material/undo:"
            ):
                _take_back(job, change)
    if len(made) > 1 and st.button(_("Undo all corrections"), icon=":material/undo:"):
        _measure(job, Edits(schema="plumbline/edits/1"))
    st.download_button(
        _("Corrections as a file"), job.edits.model_dump_json(by_alias=True, indent=1), "edits.json", "application/json"
    )


def _moved(edits: Edits) -> set[str]:
    """The kinds of events that were set by hand in reps that stay."""
    return {e for r in edits.reps if not r.delete for e in EVENTS if getattr(r, e) is not None}


def _teach(job: ClipJob, moved: set[str]) -> None:
    """Whether the other reps follow the events that were set by hand, and what came of it."""
    teach = st.toggle(
        _("Correct the other reps by the same error"),
        job.edits.teach,
        key=f"teach_{job.token}",
        help=_(
            "The pose model makes the same error on every rep of a clip. Your corrections show how large it is, and "
            "the other reps are moved by as much; more corrections make it surer."
        ),
    )
    assert job.report is not None
    for note in job.report.warnings:
        if note.code.endswith("_taught"):
            st.caption(escaped(note.said))
    if teach:
        _untaught(job, moved)
    if teach != job.edits.teach:
        _measure(job, job.edits.model_copy(update={"teach": teach}))


def _untaught(job: ClipJob, moved: set[str]) -> None:
    """That an event was moved too far for the others to follow it."""
    assert job.analysis is not None
    kinds = {"toe_off" if e == "toe_off" else "touchdown" for e in moved}
    for kind in sorted(kinds - job.analysis.lessons.keys()):
        words = _(
            "{event}: moved further than an error that all reps share, so the other reps stay as they are.",
            event=say(EVENTS[kind]),
        )
        st.caption(escaped(words))


def _take_back(job: ClipJob, change: Change) -> None:
    _measure(job, without(job.edits, change))
