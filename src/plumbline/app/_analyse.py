"""The coach's page: a clip in, its reps and faults out."""

from __future__ import annotations

import streamlit as st

from plumbline.app import _guide, _phone
from plumbline.app._clip import ClipJob
from plumbline.app._coach import place
from plumbline.app._request_form import request_form
from plumbline.app._session import (
    SAMPLES,
    add_sample,
    add_upload,
    clip_of,
    clip_said,
    clips_here,
    forget,
    remember,
)
from plumbline.app._words import error_markdown, escaped
from plumbline.errors import PlumblineError
from plumbline.language import N_, _, say
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
        # Loaded by now: it takes seconds, which the start does not wait for.
        from plumbline.app._measured import page as measured_page

        measured_page(job)
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
        if st.button(escaped(clip_said(job)), key=f"recent_{job.token}", type="tertiary"):
            st.query_params.from_dict({"clip": job.token})
            st.rerun()


def _start() -> None:
    st.title("Plumbline")
    st.markdown(say(ONE_LINE))
    if st.query_params.get("clip"):
        st.info(_("That clip has been removed: films are deleted after a few hours. Choose it again."))
    left, right = st.columns([3, 2], gap="large")
    with left:
        given = st.session_state.setdefault("uploads", 0)
        upload = st.file_uploader(
            _("A side-view clip from your phone"),
            type=FILM_TYPES,
            key=f"clip_{given}",
        )
        with st.expander(_("Athlete and drill (optional, can be changed later)")):
            request = request_form(Request(), "start")
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
            st.error(error_markdown(error))


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
