"""What was found in a clip: film, reps, cues, curves, numbers, and corrections by hand."""

from __future__ import annotations

import html

import streamlit as st

from plumbline.app._clip import ClipJob, with_edits
from plumbline.app._components import rep_table
from plumbline.app._session import limits_in_force, store
from plumbline.app._words import escaped, without_options
from plumbline.edits import Edits, RepEdit, Shift
from plumbline.errors import PlumblineError
from plumbline.report import (
    RepOut,
    VerdictOut,
    curves,
    faults_of_clip,
    findings_of_rep,
    headline,
    how_filmed,
    metric_label,
    panels_of,
    table_of_metrics,
    withheld,
)
from plumbline.request import Request

EVENTS = {"touchdown": "Touchdown", "toe_off": "Toe-off", "landing": "Landing"}


def _tag(v: VerdictOut) -> str:
    """A finding as a coloured mark, as HTML."""
    sign = {"fault": "! ", "borderline": "? "}.get(v.verdict, "")
    return f'<span class="tag {v.verdict}">{sign}{html.escape(v.label)}</span>'


def heading(job: ClipJob) -> None:
    """Name of the clip, drill, number of reps."""
    assert job.report is not None
    st.subheader(escaped(job.name), anchor=False)
    st.caption(headline(job.report))


def warnings(job: ClipJob) -> None:
    """What the coach must know of the clip, in plain words."""
    assert job.report is not None
    for w in job.report.warnings:
        st.warning(escaped(without_options(w.message)), icon=":material/info:")


def _chosen(job: ClipJob) -> int | None:
    """Number of the rep that is set off: the one picked, else the first with a fault."""
    assert job.report is not None
    numbers = [r.index for r in job.report.reps]
    picked = st.session_state.get(f"rep_{job.token}")
    if picked in numbers:
        return int(picked)
    with_fault = [r.index for r in job.report.reps if any(v.verdict == "fault" for v in r.verdicts)]
    return next(iter(with_fault or numbers), None)


def _pick(job: ClipJob, rep: int) -> None:
    st.session_state[f"rep_{job.token}"] = rep


def findings(job: ClipJob) -> None:
    """Film beside what to work on, the reps below, and the picked rep's still."""
    assert job.report is not None
    left, right = st.columns([3, 2], gap="large")
    with left:
        _film(job)
    with right:
        _cues(job)
        _still(job)
    if job.report.reps and job.analysis is not None:
        st.markdown("#### Reps")
        slower = 1 / job.analysis.clip.time_scale
        picked = rep_table(job.report, _chosen(job), f"film_{job.token}", slower, f"reps_{job.token}")
        st.caption(
            "Pick a rep: the film goes there. ± is the standard uncertainty; **!** is a fault beyond it, "
            "**?** lies beyond the limit by less. %BH is percent of body height, ankle to ear."
        )
        if picked is not None and picked != st.session_state.get(f"rep_{job.token}"):
            _pick(job, picked)
            st.rerun()


def _film(job: ClipJob) -> None:
    with st.container(key=f"film_{job.token}"):
        if job.film is not None:
            st.video(str(job.film))
        elif not job.filmed:
            st.info("No film was kept of this session.")
        else:
            _drawing(job)


@st.fragment(run_every=0.5)
def _drawing(job: ClipJob) -> None:
    if job.film is not None or job.state != "measured":
        st.rerun()
    if job.film_error:
        st.error(escaped(job.film_error))
        return
    p = job.film_progress
    st.progress(p.share, f"{p.words}: {p.share:.0%}" if p.total else "The film is drawn next …")
    if job.pictures:
        st.image(job.pictures[0], caption="The line at the first rep, until the film is ready")


def _cues(job: ClipJob) -> None:
    assert job.report is not None
    if not job.report.reps:
        return
    st.markdown("#### What to work on")
    found = faults_of_clip(job.report)
    lines = [] if found else ['<p><span class="tag ok">ok</span> No fault beyond measurement error.</p>']
    for fault in found:
        where = f"rep {fault['reps']}" if fault["reps"] else "the whole set"
        label, cue, message = (html.escape(fault[key]) for key in ("label", "cue", "message"))
        lines.append(f'<p><span class="tag fault">! {label}</span> <b>{cue}</b><br>{message}: {where}.</p>')
    st.html(f'<div class="cues">{"".join(lines)}</div>')


def _rep(job: ClipJob) -> tuple[int, RepOut] | None:
    assert job.report is not None
    chosen = _chosen(job)
    return next(((i, r) for i, r in enumerate(job.report.reps) if r.index == chosen), None)


def _still(job: ClipJob) -> None:
    """The line at the picked rep's touchdown, with that rep's findings."""
    found = _rep(job)
    if found is None:
        return
    place, rep = found
    st.markdown(f"#### Rep {rep.index}")
    if place < len(job.pictures):
        picture, words = st.columns([2, 3])
        picture.image(job.pictures[place])
    else:
        words = st.container()
    lines = []
    for v in findings_of_rep(rep):
        label = metric_label(v.metric)
        value = f"{label.with_sd(v.value, v.sd)} {label.unit}, limit {label.number(v.limit)} {label.unit}"
        lines.append(f"<p>{_tag(v)}<br>{html.escape(value)}</p>")
    words.html(f'<div class="cues">{"".join(lines) or _tag_ok()}</div>')


def _tag_ok() -> str:
    return '<p><span class="tag ok">ok</span></p>'


def curves_of(job: ClipJob) -> None:
    """The clip over time; a click on a numbered dot picks that rep."""
    analysis = job.analysis
    if analysis is None or not analysis.tracks.pose.found.any():
        st.info("No person was found, so there are no curves.")
        return
    figure = curves(analysis, panels_of(analysis), _chosen(job))
    event = st.plotly_chart(
        figure,
        key=f"curves_{job.token}_{job.version}",
        on_select="rerun",
        selection_mode="points",
        theme=None,
        config={"displayModeBar": False},
    )
    st.caption(
        "Shaded: foot on the floor. Numbered dots: the reps; pick one. Side view: the near leg. Low-pass without lag."
    )
    picked = [p["customdata"] for p in event.selection.points if p.get("customdata")]  # type: ignore[attr-defined]
    if picked:
        rep = picked[0][0] if isinstance(picked[0], list) else picked[0]
        if int(rep) != _chosen(job):
            _pick(job, int(rep))
            st.rerun()


def numbers(job: ClipJob) -> None:
    """Means with their intervals, how it was filmed, and what could not be measured."""
    assert job.report is not None
    lines = table_of_metrics(job.report)
    if lines:
        st.dataframe(
            [
                {
                    "Metric": s["label"],
                    "Mean": f"{s['mean']} {s['unit']}",
                    "95 % interval of the mean": f"{s['low']} to {s['high']}",
                    "Spread (sd)": s["sd"],
                    "Reps": s["n"],
                }
                for s in lines
            ],
            hide_index=True,
            width="stretch",
        )
    st.markdown("**How it was filmed**")
    st.markdown("\n".join(f"- {f['what']}: {escaped(f['words'])}" for f in how_filmed(job.report)))
    if withheld(job.report):
        st.markdown("**Not measured**")
        st.markdown("\n".join(f"- {name}: {escaped(without_options(why))}." for name, why in withheld(job.report)))


def measure_anew(job: ClipJob, request: Request) -> None:
    """Measure with another request and draw the film anew; a message where it cannot be."""
    try:
        job.remeasure(request, limits_in_force())
    except PlumblineError as error:
        st.error(escaped(str(error)))
        return
    store().redraw(job)
    st.rerun()


def corrections(job: ClipJob) -> None:
    """Move the picked rep's events by a frame, delete it, or take corrections back."""
    found = _rep(job)
    if found is None:
        st.info("There are no reps to correct.")
        return
    _, rep = found
    # The rep is part of every key: a click on what an earlier rep left on the page must not change this one.
    st.markdown(f"**Rep {rep.index}**: an event set a frame wrong? Everything is measured anew at once.")
    for name, label in EVENTS.items():
        value = getattr(rep, f"{name}_s")
        if value is None:
            continue
        automatic = getattr(rep.automatic, f"{name}_s") if rep.automatic else None
        was = f", found at {automatic:.3f} s" if automatic is not None and abs(automatic - value) > 1e-6 else ""
        with st.container(horizontal=True, vertical_alignment="center"):
            for step, sign in ((-1.0, "−1 frame"), (1.0, "+1 frame")):
                if st.button(sign, key=f"{name}{step}_{rep.index}_{job.token}"):
                    _edit(job, rep.index, name, step)
            st.markdown(f"{label} at **{value:.3f} s**{was}")
    a, b = st.columns(2)
    if a.button(f"Delete rep {rep.index}", icon=":material/delete:", key=f"delete_{rep.index}_{job.token}"):
        _edit(job, rep.index, "delete", 0)
    if job.request.edits is not None and b.button("Take all corrections back", icon=":material/undo:"):
        measure_anew(job, with_edits(job.request, Edits(schema="plumbline/edits/1")))
    if job.request.edits is not None:
        st.download_button(
            "Corrections as a file",
            job.edits.model_dump_json(by_alias=True, indent=1),
            "edits.json",
            "application/json",
        )


def _edit(job: ClipJob, rep: int, what: str, frames: float) -> None:
    """Add one correction to those made so far."""
    edits = job.edits.model_copy(deep=True)
    row = next((r for r in edits.reps if r.rep == rep), None)
    if row is None:
        row = RepEdit(rep=rep)
        edits.reps.append(row)
    if what == "delete":
        row.delete = True
    else:
        before = getattr(row, what)
        setattr(row, what, Shift(frames=(before.frames or 0.0 if before else 0.0) + frames))
    measure_anew(job, with_edits(job.request, edits))
