"""The page of a clip that has been measured."""

from __future__ import annotations

import streamlit as st

from plumbline.app import _exports, _nothing, _numbers, _results
from plumbline.app._clip import ClipJob
from plumbline.app._corrections import corrections
from plumbline.app._request_form import request_form
from plumbline.app._session import limits_in_force, sets_of_session, store
from plumbline.app._words import escaped
from plumbline.language import N_, _, ngettext, say


def page(job: ClipJob) -> None:
    """Findings first, the rest in tabs; for a clip without reps, what can be done about it."""
    assert job.report is not None
    a, b = st.columns([5, 1], vertical_alignment="bottom")
    with a:
        _results.heading(job)
    if b.button(_("New clip"), icon=":material/add:", width="stretch"):
        st.query_params.clear()
        st.rerun()
    _sets(job)
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


def _sets(job: ClipJob) -> None:
    """The other sets of the live session that this one is of."""
    sets = sets_of_session(job)
    if not any(other is not job for other in sets):
        return
    with st.container(horizontal=True):
        for other in sets:
            assert other.report is not None
            said = f"{other.name} · {ngettext('{n} rep', '{n} reps', len(other.report.reps))}"
            if st.button(escaped(said), key=f"set_{other.token}", type="tertiary", disabled=other is job):
                st.query_params.from_dict({"clip": other.token})
                st.rerun()


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
    if not names:
        return
    labels, key = [say(name) for name in names], f"tab_{job.token}"

    def opened() -> None:
        st.query_params["tab"] = names[labels.index(st.session_state[key])]

    # Which is open is lost by a reload, and by a run of the page that ends above.
    if key not in st.session_state and (asked := st.query_params.get("tab")) in names:
        st.session_state[key] = say(str(asked))
    for name, tab in zip(names, st.tabs(labels, key=key, on_change=opened), strict=True):
        with tab:
            shown[name](job)


def _details(job: ClipJob) -> None:
    """Change athlete, drill and clock; everything is measured again from the landmarks."""
    assert job.clip is not None and job.footage is not None
    wanted = request_form(job.request, f"details_{job.token}")
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
