"""The coach's page: a clip in, its reps and faults out."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from plumbline.app import _exports, _guide, _nothing, _numbers, _phone, _results
from plumbline.app._clip import ClipJob
from plumbline.app._coach import place
from plumbline.app._corrections import corrections
from plumbline.app._local import clock, height_input, mass_input
from plumbline.app._session import (
    SAMPLES,
    add_sample,
    add_upload,
    clip_of,
    clips_here,
    drill_names,
    forget,
    largest_upload,
    limits_in_force,
    remember,
    store,
)
from plumbline.app._words import escaped, told
from plumbline.errors import PlumblineError
from plumbline.language import N_, _, ngettext, say
from plumbline.request import Request
from plumbline.video import FILM_TYPES

RECENT = 8
ONE_LINE = N_(
    "Film a runner from the side while they hop, land or balance. See in a minute which reps broke form, and why."
)


def page() -> None:
    """Show the start, the progress, or the results of the clip named in the address."""
    shown = st.session_state.get("shown_clip")
    if st.session_state.get("entered") and "clip" not in st.query_params and clip_of(shown) is not None:
        st.query_params["clip"] = str(shown)  # back from another page
    job = clip_of(st.query_params.get("clip"))
    st.session_state["shown_clip"] = job.token if job is not None else None
    if job is not None:  # also one that was opened by its address, or after a reload
        remember(job.token)
    if job is None:
        _start()
    elif job.state == "working":
        _working(job)
    elif job.state == "measured":
        _done(job)
    else:
        _over(job)


def _open(job: ClipJob) -> None:
    st.query_params.from_dict({"clip": job.token})
    st.rerun()


def _open_sample(job: ClipJob) -> None:
    st.session_state["hints"] = job.token
    _open(job)


def _arrived(tokens: list[str]) -> None:
    """Open the film that has come from the phone; of several the first, the others are under *Recent clips*."""
    remember(*tokens)
    st.query_params.from_dict({"clip": tokens[0]})
    st.rerun()


def _recent() -> None:
    """The visitor's clips, newest first."""
    jobs = clips_here()[::-1]
    if not jobs:
        return
    st.markdown(_("**Recent clips**"))
    for job in jobs[:RECENT]:
        if st.button(escaped(_recent_said(job)), key=f"recent_{job.token}", type="tertiary"):
            st.query_params.from_dict({"clip": job.token})
            st.rerun()


def _recent_said(job: ClipJob) -> str:
    """A clip's name, what was found, and when it came."""
    parts = [job.name]
    if job.state == "measured" and job.report is not None:
        parts += [say(job.report.drill.name)] if job.report.drill else []
        parts.append(ngettext("{n} rep", "{n} reps", len(job.report.reps)))
    else:
        parts.append(_("being measured") if job.state == "working" else _("stopped"))
    return " · ".join([*parts, clock(job.came_at)])


def _start() -> None:
    st.title("Plumbline")
    st.markdown(say(ONE_LINE))
    if st.query_params.get("clip"):
        st.info(_("That clip has been removed: films are deleted after a few hours. Choose it again."))
    left, right = st.columns([3, 2], gap="large")
    with left:
        given = st.session_state.setdefault("uploads", 0)
        upload = st.file_uploader(
            _(
                "A side-view clip from your phone (up to {largest_upload}; mp4, mov, m4v, avi, webm or mkv)",
                largest_upload=largest_upload(),
            ),
            type=FILM_TYPES,
            key=f"clip_{given}",
        )
        with st.expander(_("Athlete and drill (optional, can be changed later)")):
            request = _request_form(Request(), "start")
        st.caption(_("The film stays on {place}. Nothing is sent anywhere else.", place=place()))
        _phone.panel(_arrived, request or Request())
        _recent()
    with right:
        st.markdown(_("**No clip at hand?**"))
        if st.button(_("Try the sample clip"), type="primary", icon=":material/play_arrow:"):
            _open_sample(add_sample())
        others = {say(label): name for name, label in SAMPLES.items() if name != "pogo_faults.mp4"}
        other = st.selectbox(_("Or another sample"), list(others), index=None, placeholder=_("Choose a drill"))
        if other:
            _open_sample(add_sample(others[other]))
    st.markdown("## " + _("Film it like this"))
    _guide.pictures()
    if upload is not None and request is not None:
        st.session_state["uploads"] += 1  # a new key lets go of the upload's copy in memory
        try:
            _open(add_upload(upload, request))
        except PlumblineError as error:
            st.error(told(error))


def _request_form(known: Request, key: str) -> Request | None:
    """Drill, height, body weight; None with a message where a value is not possible."""
    names = drill_names()
    ids = list(names)
    drill = st.selectbox(_("Drill"), ids, ids.index(known.drill), format_func=names.__getitem__, key=f"{key}_drill")
    a, b = st.columns(2)
    tall_m = height_input(
        a,
        known.height_m,
        help=_("Turns pixels into metres, and shows whether a film is slow motion."),
        key=f"{key}_height",
    )
    mass_kg = mass_input(b, known.mass_kg, help=_("Needed for stiffness in kN/m."), key=f"{key}_mass")
    try:
        return replace(known, drill=drill, height_m=tall_m, mass_kg=mass_kg)
    except PlumblineError as error:
        st.error(told(error))
        return None


@st.fragment(run_every=0.5)
def _working(job: ClipJob) -> None:
    if job.state != "working":
        st.rerun()
    p = job.progress
    if p.total and p.done:
        left = _(", about {left:.0f} s left", left=p.left_s) if p.done > 10 else ""
        st.progress(
            p.share,
            _("{words}: frame {done} of {total}{left}", words=say(p.words), done=p.done, total=p.total, left=left),
        )
    else:
        st.progress(0.0, f"{say(p.words)} …")
    if st.button(_("Cancel"), icon=":material/close:"):
        job.cancel()
        st.rerun()


def _leave(job: ClipJob) -> None:
    forget(job.token)
    st.query_params.clear()
    st.rerun()


def _over(job: ClipJob) -> None:
    st.title("Plumbline")
    if job.state == "failed":
        st.error(escaped(job.error), icon=":material/error:")
    else:
        st.info(_("{name}: stopped.", name=escaped(job.name)), icon=":material/block:")
    if st.button(_("Choose another clip"), type="primary"):
        _leave(job)


def _done(job: ClipJob) -> None:
    assert job.report is not None
    a, b = st.columns([5, 1], vertical_alignment="bottom")
    with a:
        _results.heading(job)
    if b.button(_("New clip"), icon=":material/add:", width="stretch"):
        st.query_params.clear()
        st.rerun()
    if not job.report.reps:
        _nothing.page(job)
        _more(job, ["Curves", "Corrections", "Athlete and drill", "Export and save"])
        return
    # Places of their own, so that neither a hint that was read nor a new note makes the player begin again.
    with st.container():
        _results.hints(job)
    with st.container():
        _results.warnings(job)
    _results.findings(job)
    _more(job, ["Curves", "Numbers", "Corrections", "Athlete and drill", "Export and save"])


def _more(job: ClipJob, names: list[str]) -> None:
    """What there is beyond the findings, in tabs."""
    shown = {
        N_("Curves"): _numbers.curves_of,
        N_("Numbers"): _numbers.numbers,
        N_("Corrections"): corrections,
        N_("Athlete and drill"): _details,
        N_("Export and save"): _exports.panel,
    }
    if job.footage is None or not job.report or not job.report.pose.detected_fraction:
        names = []
    if names:
        for name, tab in zip(names, st.tabs([say(name) for name in names]), strict=True):
            with tab:
                shown[name](job)


def _details(job: ClipJob) -> None:
    """Change athlete, drill and clock; everything is measured again from the landmarks."""
    assert job.clip is not None and job.footage is not None
    wanted = _request_form(job.request, f"details_{job.token}")
    if len(job.footage.people) > 1 and job.filmed:
        st.markdown(_("**{n} people were seen. Pick the athlete in the picture:**", n=len(job.footage.people)))
        _nothing.who(job, "details")
    fps = _rate_input(job)
    if not st.button(_("Measure again"), type="primary") or wanted is None:
        return
    if fps != job.capture_fps:
        store().recount(job, wanted, limits_in_force(), fps)
        st.rerun()
    _results.measure_again(job, wanted)


def _rate_input(job: ClipJob) -> float | None:
    """The capture rate; a live set has the camera's own clock."""
    assert job.clip is not None
    if not job.filmed:
        return job.capture_fps
    says = _("The file plays at {fps:.0f} frames per second.", fps=job.clip.container_fps)
    fps = st.number_input(
        _("Filmed in slow motion? Frames per second of the camera. {says}", says=says),
        10.0,
        1000.0,
        job.capture_fps,
        step=10.0,
        placeholder=f"{job.clip.capture_fps:.0f}",
    )
    return float(fps) if fps else None
