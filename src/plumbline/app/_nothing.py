"""A clip in which no rep was measured: what was seen, and the one step that mends it, as a button."""

from __future__ import annotations

import base64
from dataclasses import replace

import streamlit as st

from plumbline.app import _guide
from plumbline.app._changes import undeleted
from plumbline.app._clip import ClipJob, with_edits
from plumbline.app._components import people
from plumbline.app._results import DOUBTS, NONE_LIKELY, choose_drill, film, measure_again
from plumbline.app._session import limits_in_force, store
from plumbline.app._words import escaped
from plumbline.language import N_, _, say

# Warnings that say why nothing was measured, with what the page is headed.
HEADINGS = {
    "no_person": N_("No person found"),
    "too_small": N_("The athlete is too small"),
    "person_rarely_seen": N_("The athlete is out of the picture most of the time"),
    "front_view": N_("Filmed from the front"),
    "side_view": N_("Not filmed from the front"),
    "facing_unclear": N_("It is not clear which way the athlete faces"),
    "several_people": N_("Several people are mixed up"),
    "slow_motion": N_("This looks like slow motion"),
    "movement_not_known": N_("Movement not known"),
    "movement_unlike": N_("Movement not known"),
    "drill_unsure": N_("Which drill is this?"),
    "drill_misfit": N_("This does not look like the drill that was chosen"),
    "named_only": N_("Recognised, but not measured"),
    "gait": N_("Walking or running"),
    "too_short": N_("The film is too short"),
    "nothing_found": N_("No reps found"),
}
FILM_AGAIN = ("no_person", "too_small", "person_rarely_seen", "facing_unclear", "several_people")


def page(job: ClipJob) -> None:
    """Say why there is nothing, and offer the step that mends it."""
    assert job.report is not None and job.analysis is not None
    if any(row.delete for row in job.edits.reps) and job.analysis.automatic:
        _all_deleted(job)
        return
    messages = {w.code: w.said for w in job.report.warnings}
    code = next((c for c in HEADINGS if c in messages), "nothing_found")
    left, right = st.columns([3, 2], gap="large")
    with right:
        heading = say(HEADINGS[code])
        st.markdown("## " + heading)
        if code == "slow_motion" and "repeated_pictures" in messages:  # the likelier cause
            st.markdown(escaped(messages.pop("repeated_pictures")))
        if job.counted_live is not None and job.missed_live:
            fps = job.report.clip.capture_fps
            st.markdown(
                _(
                    "The camera gave {fps:.0f} frames per second, too few to see every rep. Add light, close "
                    "other programs, and try again.",
                    fps=fps,
                )
            )
        st.markdown(escaped(_beyond(heading, messages.get(code, _("Nothing was measured in this clip.")))))
        _step(job, code)
        others = [m for c, m in messages.items() if c != code]
        if others:
            with st.expander(_("Also")):
                st.markdown("\n".join(f"- {escaped(m)}" for m in others))
    with left:
        if job.report.pose.people > 1 and job.filmed:
            who(job, "none")
        elif job.report.pose.detected_fraction:
            film(job)
    if code in FILM_AGAIN:
        st.markdown("## " + _("Film it like this"))
        _guide.pictures()


def _beyond(heading: str, words: str) -> str:
    """What words say beyond the heading that they may begin with."""
    more = words.removeprefix(heading).lstrip(" .:;,")
    return more[:1].upper() + more[1:] if more else words


def _all_deleted(job: ClipJob) -> None:
    """Every rep that was found was deleted by hand."""
    left, right = st.columns([3, 2], gap="large")
    with right:
        st.markdown("## " + _("Every rep is deleted"))
        st.markdown(_("The reps that were found were deleted by hand, so there is nothing to judge."))
        if st.button(_("Bring the reps back"), type="primary", icon=":material/undo:"):
            measure_again(job, with_edits(job.request, undeleted(job.edits)))
    with left:
        film(job)


def _step(job: ClipJob, code: str) -> None:
    """The one thing to do."""
    assert job.analysis is not None
    if code == "slow_motion":
        _rate(job)
    elif code in ("front_view", "side_view"):
        choose_drill(job, "front" if code == "front_view" else "side")
    elif code in ("gait", "nothing_found", "named_only", *DOUBTS):
        choose_drill(job, offer=code not in NONE_LIKELY)
    else:
        if job.footage is not None and len(job.footage.people) > 1:
            st.markdown(_("**Pick the athlete in the picture**, or film again:"))
        if st.button(_("Choose another clip"), type="primary"):
            st.query_params.clear()
            st.rerun()


def _rate(job: ClipJob) -> None:
    """The camera's rate that fits how fast the athlete falls, as a button."""
    assert job.analysis is not None and job.clip is not None
    fits = float(round(job.analysis.clip.capture_fps * job.analysis.rate.factor))
    if st.button(_("Use {fits:.0f} frames per second", fits=fits), type="primary", icon=":material/slow_motion_video:"):
        store().recount(job, job.request, limits_in_force(), fits)
        st.rerun()
    st.caption(_("A phone's slow motion is usually 120 or 240. Another rate can be set under *Athlete and drill*."))


def who(job: ClipJob, place: str) -> None:
    """Pick the athlete in the picture; `place` sets this picture off from others on the page."""
    assert job.report is not None
    crowd = job.crowd()
    picture = "data:image/jpeg;base64," + base64.b64encode(crowd.picture).decode("ascii")
    picked = people(picture, crowd.boxes, job.report.pose.athlete, f"people_{place}_{job.token}")
    if picked is not None and str(picked) != job.request.who:
        measure_again(job, replace(job.request, who=str(picked)))
