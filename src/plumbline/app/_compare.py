"""Two clips of one athlete, side by side, both at nought as the foot touches the floor."""

from __future__ import annotations

from typing import Any

import numpy as np
import streamlit as st

from plumbline.app._components import pair
from plumbline.app._jobs import ClipJob
from plumbline.app._results import escaped, headline_numbers
from plumbline.app._session import FILM_TYPES, SAMPLES, add_sample, add_upload, store
from plumbline.errors import PlumblineError
from plumbline.report import metric_label
from plumbline.request import Request

SLOTS = ("a", "b")
BEFORE_S, AFTER_S = 0.4, 0.8


def page() -> None:
    """Choose two clips; when both are measured, play them together and set their numbers side by side."""
    st.title("Compare")
    st.markdown("Two clips of one athlete, played together from touchdown, and what has changed beyond the error.")
    jobs: dict[str, ClipJob | None] = {}
    for slot, column in zip(SLOTS, st.columns(2, gap="medium"), strict=True):
        with column:
            jobs[slot] = _slot(slot)
    if all(job is not None and job.state == "measured" for job in jobs.values()):
        _together([job for job in jobs.values() if job is not None])


def _slot(slot: str) -> ClipJob | None:
    job = store().get(st.query_params.get(slot))
    name = "First clip" if slot == "a" else "Second clip"
    if job is None:
        _choose(slot, name)
    elif job.state == "working":
        _waiting(job)
    elif job.state != "measured":
        st.error(escaped(job.error or f"{job.name}: stopped."))
        if st.button("Choose another", key=f"again_{slot}"):
            _set(slot, None)
    return job


def _set(slot: str, token: str | None) -> None:
    if token is None:
        st.query_params.pop(slot, None)
    else:
        st.query_params[slot] = token
    st.rerun()


def _choose(slot: str, name: str) -> None:
    known = {t: j for t in st.session_state.get("clips", []) if (j := store().get(t)) and j.state == "measured"}
    given = st.session_state.setdefault(f"uploads_{slot}", 0)
    upload = st.file_uploader(name, type=FILM_TYPES, key=f"pair_{slot}_{given}")
    if upload is not None:
        st.session_state[f"uploads_{slot}"] += 1
        try:
            _set(slot, add_upload(upload, Request()).token)
        except PlumblineError as error:
            st.error(escaped(str(error)))
    choices = {f"{j.name} (measured before)": t for t, j in known.items()} | {
        f"Sample: {label}": file for file, label in SAMPLES.items()
    }
    picked = st.selectbox(
        "Or", list(choices), index=None, placeholder="A clip measured before, or a sample", key=f"or_{slot}"
    )
    if picked:
        value = choices[picked]
        _set(slot, add_sample(value).token if picked.startswith("Sample: ") else value)


@st.fragment(run_every=0.7)
def _waiting(job: ClipJob) -> None:
    if job.state != "working":
        st.rerun()
    st.progress(job.progress.share, f"{escaped(job.name)}: {job.progress.words.lower()}")


def _together(jobs: list[ClipJob]) -> None:
    films = []
    for slot, job, column in zip(SLOTS, jobs, st.columns(2, gap="medium"), strict=True):
        with column:
            films.append(_film(slot, job))
    if all(f is not None for f in films):
        pair([f for f in films if f is not None], BEFORE_S, AFTER_S, "pair")
    _numbers(jobs)


def _film(slot: str, job: ClipJob) -> dict[str, Any] | None:
    assert job.report is not None and job.analysis is not None
    keys = {r.index: r.touchdown_s if r.touchdown_s is not None else r.landing_s or r.start_s for r in job.report.reps}
    head, change = st.columns([3, 1], vertical_alignment="bottom")
    if change.button("Other clip", key=f"change_{slot}", width="stretch"):
        _set(slot, None)
    if not keys:
        head.markdown(f"**{escaped(job.name)}**: no reps")
        return None
    rep = head.selectbox(f"{escaped(job.name)}: rep", list(keys), key=f"rep_of_{slot}")
    with st.container(key=f"film_{slot}"):
        if job.film is not None:
            st.video(str(job.film))
        else:
            _drawing(job)
    return {"key": f"film_{slot}", "zero_s": keys[rep] / job.analysis.clip.time_scale} if job.film else None


@st.fragment(run_every=0.7)
def _drawing(job: ClipJob) -> None:
    if job.film is not None or job.state != "measured":
        st.rerun()
    st.progress(job.film_progress.share, "The film is being drawn")


def _numbers(jobs: list[ClipJob]) -> None:
    """Means of both clips, and which differences are larger than their error."""
    first, second = (headline_numbers(j) for j in jobs)
    errors = [_error_of_mean(j) for j in jobs]
    rows = []
    for name in (n for n in first if n in second):
        label, (heading, a, _), (_, b, _) = metric_label(name), first[name], second[name]
        sd = float(np.hypot(errors[0][name], errors[1][name]))
        beyond = abs(b - a) > 1.96 * sd
        rows.append(
            {
                "Metric": heading,
                "First": label.with_sd(a, errors[0][name]),
                "Second": label.with_sd(b, errors[1][name]),
                "Change": label.with_sd(b - a, sd),
                "": "changed" if beyond else "within the error",
            }
        )
    if rows:
        st.markdown("#### What has changed")
        st.dataframe(rows, hide_index=True, width="stretch")
        st.caption("Means over the reps with their standard error; changed means beyond the 95 % interval.")
    else:
        st.info("The two clips have no metric in common: choose two clips of one drill.")


def _error_of_mean(job: ClipJob) -> dict[str, float]:
    """Standard error of each metric's mean, from its 95 % interval."""
    assert job.report is not None
    return {name: (s.ci95[1] - s.ci95[0]) / 2 / 1.96 for name, s in job.report.summary.metrics.items()}
