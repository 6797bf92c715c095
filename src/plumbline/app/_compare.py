"""Two clips of one athlete, side by side, both at zero as the foot touches the floor."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import streamlit as st

from plumbline.app._clip import ClipJob
from plumbline.app._local import today
from plumbline.app._session import (
    SAMPLES,
    add_sample,
    add_upload,
    address,
    addressed,
    clip_of,
    clip_said,
    clips_here,
    remember,
)
from plumbline.app._together import Side, differences, film_of, play
from plumbline.app._words import error_markdown, escaped
from plumbline.errors import PlumblineError
from plumbline.language import _, say
from plumbline.log import set_from_report
from plumbline.request import Request
from plumbline.video import FILM_TYPES

SLOTS = ("a", "b")


def page() -> None:
    """Choose two clips; when both are measured, play them together and set their numbers side by side."""
    st.title(_("Compare"))
    st.markdown(_("Two clips of one athlete, played together from touchdown, and what has changed beyond the error."))
    jobs: dict[str, ClipJob | None] = {}
    for slot, column in zip(SLOTS, st.columns(2, gap="medium"), strict=True):
        with column:
            jobs[slot] = place_for(slot, _("First clip") if slot == "a" else _("Second clip"), Request())
    _together({slot: job for slot, job in jobs.items() if job is not None and job.state == "measured"})


def place_for(slot: str, name: str, request: Request, samples: bool = True) -> ClipJob | None:
    """A place for one clip: to choose it, to wait for it, and then the clip."""
    job = clip_of(addressed(slot))
    if job is None:
        _choose(slot, name, request, samples)
    elif job.state == "working":
        _waiting(job)
    elif job.state != "measured":
        st.error(escaped(job.error or _("{name}: stopped.", name=job.name)))
        if st.button(_("Choose another"), key=f"again_{slot}"):
            choose_again(slot)
    return job


def choose_again(slot: str) -> None:
    """Empty a place."""
    _set(slot, None)


def _set(slot: str, token: str | None) -> None:
    address(slot, token or "")
    if token is not None:
        remember(token)
    st.rerun()


def _choose(slot: str, name: str, request: Request, samples: bool) -> None:
    known = {job.token: job for job in clips_here() if job.report is not None and job.report.reps}
    given = st.session_state.setdefault(f"uploads_{slot}", 0)
    upload = st.file_uploader(name, type=FILM_TYPES, key=f"pair_{slot}_{given}")
    if upload is not None:
        st.session_state[f"uploads_{slot}"] += 1
        try:
            _set(slot, add_upload(upload, request).token)
        except PlumblineError as error:
            st.error(error_markdown(error))
    # Numbered: clips may have one name. The newest first, as among the recent ones.
    newest = list(known.items())[::-1]
    choices = {f"{k}. {clip_said(j)}": t for k, (t, j) in enumerate(newest, start=1)}
    if samples:
        choices |= {_("Sample: {name}", name=say(label)): file for file, label in SAMPLES.items()}
    picked = st.selectbox(
        _("Or"),
        list(choices),
        index=None,
        placeholder=_("A clip measured before, or a sample") if samples else _("A clip measured before"),
        key=f"or_{slot}",
    )
    if picked:
        value = choices[picked]
        _set(slot, add_sample(value).token if value in SAMPLES else value)


@st.fragment(run_every=0.7)
def _waiting(job: ClipJob) -> None:
    if job.state != "working":
        st.rerun()
    st.progress(job.progress.share, f"{escaped(job.name)}: {say(job.progress.words).lower()}")
    if st.button(_("Cancel"), icon=":material/close:", key=f"stop_{job.token}"):
        job.cancel()
        st.rerun()


def _together(jobs: dict[str, ClipJob]) -> None:
    """The films that are measured, and once both are, controls for both and what has changed."""
    films: list[dict[str, Any] | None] = []
    for slot, column in zip(SLOTS, st.columns(2, gap="medium"), strict=True):
        if slot in jobs:
            with column:
                films.append(_film(slot, jobs[slot]))
    if len(jobs) < len(SLOTS):
        return
    play(films, "pair")
    same = st.checkbox(
        _("Both were filmed on the same day"), help=_("Else the athlete's daily form counts as chance, too.")
    )
    day = today()
    days = (day if same else day - timedelta(days=1), day)  # only whether they differ counts
    try:
        made = [set_from_report(job.report) for job in jobs.values() if job.report is not None]
        first, second = zip(days, made, strict=True)
    except PlumblineError as error:
        st.info(error_markdown(error))
    else:
        differences(first, second)


def _film(slot: str, job: ClipJob) -> dict[str, Any] | None:
    assert job.report is not None
    if st.button(_("Other clip"), key=f"change_{slot}"):
        choose_again(slot)
    shown = film_of(Side(slot, job.name, job.report, job.film, job.pose_at))
    if not job.filmed:
        st.info(_("No film was kept of this set: only its numbers are compared."))
    elif job.film is None:
        _drawing(job)
    return shown


@st.fragment(run_every=0.7)
def _drawing(job: ClipJob) -> None:
    if job.film is not None or job.state != "measured":
        st.rerun()
    if job.film_error:
        st.error(escaped(job.film_error))
        return
    st.progress(job.film_progress.share, _("The film is being drawn"))
