"""What was found in a clip: film, what to work on, the picked rep, the table of reps."""

from __future__ import annotations

import html
from dataclasses import replace
from typing import Literal

import streamlit as st

from plumbline.app._clip import ClipJob
from plumbline.app._components import angle, cues, player, rep_table
from plumbline.app._session import drill_names, judge_anew
from plumbline.app._words import error_markdown, escaped
from plumbline.catalogue import load_drills
from plumbline.errors import PlumblineError
from plumbline.language import N_, _, number, say
from plumbline.report import (
    OUTCOMES,
    Report,
    RepOut,
    VerdictOut,
    faults_judged,
    faults_of_clip,
    finding_words,
    findings_of_rep,
    headline,
    judged,
    marked,
    no_findings,
)
from plumbline.request import Request

# How many things to work on are shown before the others are folded.
FIRST = 2
# Warnings that ask for the drill.
DOUBTS = ("drill_unsure", "movement_not_known", "movement_unlike", "drill_misfit")
# What is said on its own, whatever else there is: a part of the film was not measured.
SERIOUS = ("unread_frames", "hole", "several_takes")
# With these no drill is likely enough to be offered before the others.
NONE_LIKELY = ("movement_unlike", "drill_misfit", "named_only")
LEGEND = (
    ("ok", N_("within the limit")),
    ("borderline", N_("borderline")),
    ("fault", N_("fault")),
    ("plain", N_("not judged")),
)

HINTS = N_(
    "**Press a rep's number**: film and still go there. **← and →** step one frame, **Space** plays, **L** repeats "
    "the rep. **Below the table**: curves, corrections by hand, and files to export."
)


def _tag(v: VerdictOut) -> str:
    """A finding as a coloured mark, as HTML."""
    sign = {"fault": "! ", "borderline": "? "}.get(v.verdict, "")
    return f'<span class="tag {v.verdict}">{sign}{html.escape(say(v.label))}</span>'


def heading(job: ClipJob) -> None:
    """Name of the clip, drill, number of reps."""
    assert job.report is not None
    st.title(escaped(job.name), anchor=False)
    st.caption(headline(job.report))
    if job.error:  # of a try to measure it otherwise; what was measured before stands
        st.error(escaped(job.error), icon=":material/error:")
    counted, found = job.counted_live, job.found_live
    why = _(" The camera dropped pictures at times, so reps may be missing.") if job.missed_live else ""
    if counted is not None and counted == found and why:
        st.info(why.strip())
    elif counted is not None and counted != found:
        st.info(
            _(
                "Live counted {counted} reps; measured afterwards, with all pictures at hand, the set has "
                "{found}.{why}",
                counted=counted,
                found=found,
                why=why,
            )
        )


def hints(job: ClipJob) -> None:
    """On a sample, where to go from here; until it is closed."""
    if st.session_state.get("hints") != job.token:
        return
    words, close = st.columns([6, 1], vertical_alignment="center")
    words.caption(say(HINTS))
    if close.button(_("Got it"), key="hints_read", width="stretch"):
        del st.session_state["hints"]
        st.rerun()


def warnings(job: ClipJob) -> None:
    """What the coach must know of the clip, in plain words; several are folded."""
    assert job.report is not None
    doubt = next((w for w in job.report.warnings if w.code in DOUBTS), None)
    if doubt is not None:
        with st.container(border=True):
            st.markdown(escaped(doubt.said))
            choose_drill(job, offer=doubt.code not in NONE_LIKELY)
    for serious in (w for w in job.report.warnings if w.code in SERIOUS):
        st.warning(escaped(serious.said), icon=":material/warning:")
    told = [escaped(w.said) for w in job.report.warnings if w is not doubt and w.code not in SERIOUS]
    if len(told) == 1:
        st.warning(told[0], icon=":material/info:")
    elif told:
        # Where nothing is judged, they say why.
        opened = not judged(job.report)
        with st.expander(_("{n} things to know about this clip", n=len(told)), icon=":material/info:", expanded=opened):
            st.markdown("\n".join(f"- {words}" for words in told))


def choose_drill(job: ClipJob, view: str | None = None, offer: bool = True) -> None:
    """One button for each drill that is likely, where one is to be offered, and every other seen from this side."""
    assert job.analysis is not None
    drills, asked = load_drills(), job.request.drill
    wanted = view or ("front" if job.analysis.tracks.camera.view == "front" else "side")
    fits = {
        i: name
        for i, name in drill_names().items()
        if i not in ("auto", asked) and (m := drills[i].movement) is not None and m.view == wanted
    }
    seen = job.analysis.recognised
    likely = [d for d, _share in seen.likely if d in fits] if seen is not None and offer else []
    if likely:
        for place, drill in zip(st.columns(len(likely)), likely, strict=True):
            first: Literal["primary", "secondary"] = "primary" if drill == likely[0] else "secondary"
            if place.button(
                _("It is: {drill}", drill=fits[drill]), type=first, key=f"is_{drill}_{job.token}", width="stretch"
            ):
                measure_again(job, replace(job.request, drill=drill))
    rest = [d for d in fits if d not in likely]
    other = st.selectbox(
        _("Another drill") if likely else _("The drill in this clip"),
        rest,
        None,
        format_func=fits.__getitem__,
        key=f"as_{job.token}",
        placeholder=_("Choose a drill"),
    )
    if other and st.button(
        _("Measure as: {drill}", drill=fits[other]), type="secondary" if likely else "primary", key=f"as_go_{job.token}"
    ):
        measure_again(job, replace(job.request, drill=other))
    if asked != "auto" and st.button(_("Detect the drill automatically"), key=f"as_auto_{job.token}"):
        measure_again(job, replace(job.request, drill="auto"))


def chosen_rep(job: ClipJob) -> int | None:
    """Number of the rep that is set off: the one picked, or its neighbour once it is deleted, else one worth seeing."""
    assert job.report is not None
    numbers = [r.index for r in job.report.reps]
    if not numbers:
        return None
    key = f"rep_{job.token}"
    if key not in st.session_state and (asked := st.query_params.get("rep", "")).isdecimal():  # after a reload
        st.session_state[key] = int(asked)
    picked = st.session_state.get(key)
    if picked is None:
        # It stays, though a correction takes its fault off; another drill has other faults.
        shown = st.session_state.setdefault(f"first_{job.token}", {})
        picked = shown.setdefault(job.request.drill, _worth_seeing(job.report))
    return min(numbers, key=lambda n: abs(n - picked))


def _worth_seeing(report: Report) -> int:
    """The first rep with the fault that matters most, else with any, else with anything borderline, else the first."""
    called = [n for f in faults_of_clip(report) for n in f["on"]]
    single = [n for kind in OUTCOMES for n in sorted(n for _label, on in marked(report, kind) for n in on)]
    return next(iter([*called, *single]), report.reps[0].index)


def pick(job: ClipJob, rep: int | None) -> None:
    """Set a rep off, if it is another one."""
    if rep is not None and rep != st.session_state.get(f"rep_{job.token}"):
        st.session_state[f"rep_{job.token}"] = rep
        st.query_params["rep"] = str(rep)
        st.rerun()


def findings(job: ClipJob) -> None:
    """Film beside what to work on and the picked rep; below, all reps."""
    assert job.report is not None and job.analysis is not None
    chosen = chosen_rep(job)
    upright = job.report.clip.height > job.report.clip.width
    with st.container(key=f"findings_{job.token}"):
        left, right = st.columns([2, 3] if upright else [3, 2], gap="medium")
    with left:
        film(job)
        if job.filmed:
            picked = st.session_state.get(f"rep_{job.token}") is not None
            pick(job, player(job.report, job.analysis.pose.time_s.tolist(), chosen, picked, job.token))
            _legend(job)
    with right:
        st.markdown("## " + _("What to work on"))
        pick(job, cues(job.report, FIRST, job.token))
        _still(job)
    st.markdown("## " + _("Reps"))
    pick(job, rep_table(job.report, chosen, job.token))
    st.caption(
        _(
            "± is the standard uncertainty. **!** = fault. **?** = borderline, too close to call. %BH = percent of "
            "body height, ankle to ear."
        )
        + (_(" Pick a rep to see it in the film.") if job.filmed else "")
    )


def _legend(job: ClipJob) -> None:
    """What the film's colours mean."""
    assert job.analysis is not None and job.report is not None
    legend = [(name, words) for name, words in LEGEND if judged(job.report) or name == "plain"]
    marks = "".join(f'<span><i class="dot {name}"></i>{say(words)}</span>' for name, words in legend)
    line = ""
    if job.analysis.tracks.camera.view != "front":
        vertical = _("true vertical through the ankle")
        line = f'<span><i class="dash"></i>{vertical}</span>'
    joints = _("Joints:")
    st.html(f'<div class="legend"><span>{joints}</span>{marks}{line}</div>')


def film(job: ClipJob) -> None:
    """The annotated film, the one before while the new one is drawn, or how far it is."""
    with st.container(key=f"film_{job.token}"):
        if not job.filmed:
            st.info(_("No film was kept of this session."))
            return
        if job.film_shown is not None:
            st.video(str(job.film_shown))
        if job.film is None:
            _drawing(job, job.version, job.pictured)


@st.fragment(run_every=0.4)
def _drawing(job: ClipJob, version: int, pictured: bool) -> None:
    if job.film is not None or job.state != "measured" or job.version != version or job.pictured != pictured:
        st.rerun()
    if job.film_error:
        st.error(escaped(job.film_error))
        return
    if job.film_shown is not None:
        st.caption(_("The film still shows the state before the change; the new one is being drawn."))
        return
    rep = _rep(job)
    if rep is not None and job.pictured and rep[0] < len(job.pictures):
        st.image(job.pictures[rep[0]])
    p = job.film_progress
    st.progress(p.share, f"{say(p.words)}: {number(p.share, '.0%')}" if p.total else _("The film is drawn next …"))


def _rep(job: ClipJob) -> tuple[int, RepOut] | None:
    assert job.report is not None
    chosen = chosen_rep(job)
    return next(((i, r) for i, r in enumerate(job.report.reps) if r.index == chosen), None)


def picked_rep(job: ClipJob) -> RepOut | None:
    """The rep that is set off."""
    found = _rep(job)
    return found[1] if found else None


def _still(job: ClipJob) -> None:
    """The picked rep at its key instant, its one cue, and all its findings with their numbers."""
    found = _rep(job)
    if found is None or job.report is None:
        return
    place, rep = found
    st.markdown("## " + _("Rep {n}", n=rep.index))
    words = st.container()
    if job.pictured and place < len(job.pictures):
        picture, words = st.columns([2, 3])
        with picture, st.container(key=f"still_{job.token}"):
            st.image(job.pictures[place])
    told = findings_of_rep(rep)
    lines = [f"<p><b>{html.escape(say(told[0].cue))}</b></p>"] if told and told[0].verdict == "fault" else []
    lines += [f"<p>{_tag(v)}<br>{html.escape(finding_words(v))}</p>" for v in told]
    words.html(f'<div class="cues">{"".join(lines) or _tag_none(rep, job.report)}</div>')
    if job.pictured and place < len(job.pictures) and st.toggle(_("Measure an angle"), key=f"angle_{job.token}"):
        angle(
            job.pictures[place], _("rep {n} of {film}", n=rep.index, film=job.report.clip.name), f"angle_on_{job.token}"
        )


def _tag_none(rep: RepOut, report: Report) -> str:
    none = no_findings(rep, faults_judged(report))
    return f'<p><span class="tag {none["tone"]}">{none["words"]}</span></p>'


def measure_again(job: ClipJob, request: Request) -> None:
    """Measure again with another request, then draw the film; a message where it cannot be.

    Corrections are of one drill's reps and one athlete's: those of another would be other reps.
    """
    asked, before = request.edited(), job.request.edited()
    other = (asked.drill, asked.who) != (before.drill, before.who)
    dropped = other and request.edits is not None and request.edits == job.request.edits
    try:
        judge_anew(job, replace(request, edits=None) if dropped else request)
    except PlumblineError as error:
        st.error(error_markdown(error))
        return
    if dropped:
        st.toast(_("The corrections were of other reps, and are dropped."), icon=":material/info:")
    st.rerun()
