"""Several clips at once: a queue with progress each, and all results in one file."""

from __future__ import annotations

import secrets
from dataclasses import replace
from pathlib import Path

import streamlit as st

from plumbline.app._clip import ClipJob
from plumbline.app._exports import decimal_sign, of_club
from plumbline.app._nothing import HEADINGS
from plumbline.app._session import (
    add_upload,
    address,
    addressed,
    clip_of,
    drill_names,
    forget,
    remember,
)
from plumbline.app._words import error_markdown, escaped
from plumbline.errors import PlumblineError
from plumbline.language import _, say
from plumbline.report import headline, nothing_wrong
from plumbline.request import Request
from plumbline.results import Results, write_bundle
from plumbline.tables import Decimal
from plumbline.video import FILM_TYPES


def page() -> None:
    """Take clips in, show the queue, hand out the results."""
    # The link to a clip has no path of its own: opened in another tab it leads back here.
    if "clip" in st.query_params:
        st.switch_page(st.session_state["pages"]["analyse"], query_params={"clip": st.query_params["clip"]})
    st.title(_("Several clips"))
    st.markdown(_("Choose the clips of a session; they are measured while you go on."))
    names = drill_names()
    drill = st.selectbox(_("Drill"), list(names), format_func=names.__getitem__)
    given = st.session_state.setdefault("batch_uploads", 0)
    uploads = st.file_uploader(
        _("Clips"),
        type=FILM_TYPES,
        accept_multiple_files=True,
        key=f"batch_{given}",
    )
    if uploads:
        st.session_state["batch_uploads"] += 1
        for upload in uploads:
            try:
                job = add_upload(upload, replace(Request(), drill=drill))
            except PlumblineError as error:
                st.session_state.setdefault("refused", []).append(f"{upload.name}: {error.said}")
                continue
            _tokens([*_tokens(), job.token])
        st.rerun()
    for words in st.session_state.pop("refused", []):
        st.error(escaped(words))
    jobs = [j for t in _tokens() if (j := clip_of(t)) is not None]
    if jobs:
        _queue(jobs)
        _take_away(jobs)
    else:
        st.info(_("No clips yet."))


def _tokens(tokens: list[str] | None = None) -> list[str]:
    """The queue, kept in the address."""
    if tokens is not None:
        address("clips", ",".join(tokens))
        remember(*tokens)
    return [t for t in addressed("clips").split(",") if t]


def _busy(job: ClipJob) -> bool:
    return job.state == "working" or (job.state == "measured" and job.film is None and not job.film_error)


def _queue(jobs: list[ClipJob]) -> None:
    watching = any(map(_busy, jobs))
    st.fragment(_rows, run_every=0.7 if watching else None)(jobs, watching)


def _rows(jobs: list[ClipJob], watching: bool) -> None:
    if watching and not any(map(_busy, jobs)):
        st.rerun()
    for job in jobs:
        name, state, action = st.columns([2, 4, 1], vertical_alignment="center")
        name.markdown(f"**{escaped(job.name)}**")
        with state:
            _state(job)
        if job.state == "working":
            if action.button(_("Cancel"), key=f"stop_{job.token}", width="stretch"):
                job.cancel()
        elif job.state == "measured":
            with action:
                analyse = st.session_state["pages"]["analyse"]
                st.page_link(analyse, label=_("Open"), icon=":material/open_in_new:", query_params={"clip": job.token})


def _state(job: ClipJob) -> None:
    if job.state == "working":
        p = job.progress
        st.progress(
            p.share,
            _("{words}, {fps:.0f} frames per second", words=say(p.words), fps=p.fps) if p.done else say(p.words),
        )
    elif job.state == "failed":
        st.error(escaped(job.error))
    elif job.state == "cancelled":
        st.markdown(_("Stopped."))
    elif job.report is not None:
        faults = job.report.summary.faults.values()
        if any(f.reps for f in faults):
            words = _("faults in {n} of {of} reps", n=len({r for f in faults for r in f.reps}), of=len(job.report.reps))
        elif why := next((w.said for w in job.report.warnings if w.code in HEADINGS and not job.report.reps), ""):
            words = escaped(why)
        else:
            words = nothing_wrong(job.report).rstrip(".").lower()
        drawing = (
            "" if job.film or job.film_error else _(" · drawing the film, {share:.0%}", share=job.film_progress.share)
        )
        st.markdown(f"{headline(job.report)} · {words}{drawing}")


def _take_away(jobs: list[ClipJob]) -> None:
    done = [j for j in jobs if j.state == "measured" and j.film is not None]
    a, b = st.columns(2)
    decimal = decimal_sign("decimal_several") if done else "point"
    held = [f"{j.token} {j.version} {decimal}" for j in done]
    if done and a.button(_("Put {n} results into one zip", n=len(done)), icon=":material/folder_zip:"):
        try:
            with st.spinner(_("Writing …")):
                st.session_state["batch_zip"] = held, _all_in_one(done, decimal)
        except PlumblineError as error:
            st.error(error_markdown(error))
    if b.button(_("Clear the list"), icon=":material/delete:"):
        for job in jobs:
            forget(job.token)
        st.session_state.pop("batch_zip", None)
        _tokens([])
        st.rerun()
    of, made = st.session_state.get("batch_zip", ([], None))
    if made is not None and of == held and made.exists():
        kind = ("plumbline.zip", "application/zip")
        st.download_button(_("Download the zip"), made.read_bytes, *kind, type="primary", on_click="ignore")


def _all_in_one(jobs: list[ClipJob], decimal: Decimal) -> Path:
    """A zip with a folder of each clip's results, whole or not at all.

    Raises
    ------
    OutputError
        When it cannot be written.
    """
    path = jobs[0].folder / f"clips_{secrets.token_hex(4)}.zip"
    clips = [
        Results(f"{k:02d} {Path(job.name).stem}/", job.analysis, job.report, job.pictures, job.film)
        for k, job in enumerate(jobs, start=1)
        if job.analysis is not None and job.report is not None
    ]
    write_bundle(path, clips, of_club(), decimal)
    return path
