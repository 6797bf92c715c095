"""What the trainer takes away: film, stills, report, tables, or all of it in one file."""

from __future__ import annotations

import zipfile
from datetime import date
from functools import partial
from pathlib import Path

import streamlit as st

from plumbline.app._clip import ClipJob
from plumbline.app._phone import give
from plumbline.app._training import add_athlete, choose_athlete, training_log
from plumbline.app._words import escaped
from plumbline.draw import FILM_LONG_EDGE, SHAPES, Cut
from plumbline.errors import PlumblineError
from plumbline.log import keep_clip, kind_of, set_from_report
from plumbline.report.letterhead import Letterhead
from plumbline.results import ZIP_NAMES, write_bundle
from plumbline.tables import Decimal
from plumbline.typeface import undrawable

KINDS = {
    "report.pdf": ("Report for paper (PDF)", "application/pdf"),
    "report.html": ("Report, one page (HTML)", "text/html"),
    "reps.csv": ("One row per rep (CSV)", "text/csv"),
    "frames.csv": ("One row per frame (CSV)", "text/csv"),
    "report.json": ("Everything (JSON)", "application/json"),
}


def panel(job: ClipJob) -> None:
    """Downloads of one clip."""
    assert job.analysis is not None and job.report is not None
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown("## Log")
        _to_log(job)
        st.markdown("## Report and numbers")
        _documents(job)
    with right:
        st.markdown("## Film")
        if job.filmed:
            _film(job)
        else:
            st.info("No film was kept of this session.")


def _to_log(job: ClipJob) -> None:
    """One click makes the clip a set of the athlete's session of the day it was filmed on."""
    assert job.report is not None
    log = training_log()
    if log is None:
        return
    athlete = choose_athlete(log, f"log_{job.token}")
    if athlete is None:
        st.caption("To log it, say who it is of.")
        add_athlete(log)
        return
    with st.expander("Somebody new"):
        add_athlete(log)
    key = f"logged_{job.token}_{job.version}"
    if st.session_state.get(key):
        st.success("Logged. *Log* and *Progress* show it.")
        return
    day = st.date_input("Filmed on", date.today(), max_value=date.today(), key=f"log_day_{job.token}")
    keep = st.checkbox(
        "Save report and film with it",
        key=f"keep_{job.token}",
        help="To look at the first and the latest clip together on Progress. They stay where the log is.",
    )
    if st.button("Add to the log", icon=":material/edit_note:", key=f"add_{job.token}"):
        try:
            entry = set_from_report(job.report)
            if keep:
                entry = keep_clip(log.clips, entry, job.report, job.film)
            log.add_set(athlete, day, entry, kind_of(entry.drill))
        except PlumblineError as error:
            st.error(escaped(str(error)))
        else:
            st.session_state[key] = True
            st.rerun()


def _stem(job: ClipJob) -> str:
    return job.name.rpartition(".")[0] or job.name


def _documents(job: ClipJob) -> None:
    assert job.analysis is not None and job.report is not None
    key = f"{job.token}_{job.version}"
    if not st.toggle("Prepare the files", key=f"prepare_{key}"):
        st.caption("Report as HTML and PDF, tables, stills, and everything in one zip.")
        return
    # The film may be finished meanwhile: the zip and its label speak of one moment.
    analysis, report, film = job.analysis, job.report, job.film
    head = letterhead(job.token)
    decimal = decimal_sign(f"decimal_{job.token}")
    state = "_film" if film else "_stills" if job.pictured else ""
    bundle = job.folder / f"all_{job.version}{state}_{abs(hash((head, decimal)))}.zip"
    try:
        if not bundle.exists():
            with st.spinner("Writing …"):
                write_bundle(bundle, analysis, report, job.pictures, film, head, decimal)
    except PlumblineError as error:
        st.error(escaped(str(error)))
        return
    st.download_button(
        "Everything in one zip" if film or not job.filmed else "Everything in one zip (the film is still being drawn)",
        bundle.read_bytes,
        f"{_stem(job)}.zip",
        "application/zip",
        type="primary",
        icon=":material/download:",
        key=f"zip_{key}",
        on_click="ignore",
    )
    for name, (label, mime) in KINDS.items():
        part = partial(_part, bundle, name)
        st.download_button(label, part, f"{_stem(job)}_{name}", mime, key=f"{name}_{key}", on_click="ignore")


def decimal_sign(key: str) -> Decimal:
    """Let the user choose how tables write 1.5, as their spreadsheet does."""
    signs: dict[Decimal, str] = {"point": "1.5", "comma": "1,5"}
    return st.radio("Numbers in tables", list(signs), format_func=signs.__getitem__, horizontal=True, key=key)


def letterhead(token: str) -> Letterhead:
    """Whom the report is of and from; coach, club and sign are kept for the next clip of this visit."""
    a, b = st.columns(2)
    athlete = a.text_input("Athlete's name", max_chars=60, key=f"head_athlete_{token}")
    day = b.date_input("Filmed on", date.today(), key=f"head_day_{token}")
    coach_name = a.text_input("Coach", st.session_state.get("head_coach", ""), max_chars=60)
    club = b.text_input("Club", st.session_state.get("head_club", ""), max_chars=60)
    st.session_state.update(head_coach=coach_name, head_club=club)
    sign = st.file_uploader("Club logo", ["png", "jpg", "jpeg"], key="head_logo")
    if sign is not None:
        st.session_state["head_sign"] = sign.getvalue()
    return Letterhead(athlete, coach_name, club, day, st.session_state.get("head_sign"))


def _part(bundle: Path, name: str) -> bytes:
    """One file of a zip."""
    with zipfile.ZipFile(bundle) as files:
        return files.read(ZIP_NAMES.get(name, name))


def _film(job: ClipJob) -> None:
    assert job.report is not None
    numbers = [r.index for r in job.report.reps]
    key = f"cut_{job.token}_{job.version}_file"
    if job.film is not None:
        st.download_button(
            "The annotated film",
            job.film.read_bytes,
            f"{_stem(job)}_annotated.mp4",
            "video/mp4",
            icon=":material/download:",
            key=f"film_{job.token}_{job.version}_file",
            on_click="ignore",
        )
        give(job.film, f"{_stem(job)}_annotated.mp4", f"give_{job.token}_{job.version}")
    with st.form(f"cut_{job.token}", border=True):
        st.markdown("Another cut of it")
        span = st.select_slider("Reps", numbers, (numbers[0], numbers[-1])) if len(numbers) > 1 else None
        a, b = st.columns(2)
        slower = a.selectbox("Speed", [1.0, 2.0, 4.0], format_func=lambda x: "real" if x == 1 else f"{x:.0f} × slower")
        shape = b.selectbox("Shape", list(SHAPES))
        figure = st.checkbox("Draw skeleton and line", value=True)
        line = st.text_input("Name or club on the film", max_chars=40, placeholder="none")
        full = st.checkbox(f"Full size (otherwise {FILM_LONG_EDGE} px)")
        asked = st.form_submit_button("Make this film")
    lacking = undrawable(line)
    if asked and lacking:
        st.warning(f"The film's typeface has no signs for {lacking}; a placeholder stands in their place.")
    if asked:
        whole = span is None or span == (numbers[0], numbers[-1])
        cut = Cut(None if whole else span, slower, shape, figure, line, st.session_state.get("head_sign"))
        try:
            with st.spinner("Drawing …"):
                st.session_state[key] = job.cut(cut, None if full else FILM_LONG_EDGE)
        except PlumblineError as error:
            st.error(escaped(str(error)))
    made: Path | None = st.session_state.get(key)
    if made is not None:
        st.video(str(made))
        st.download_button("Take this film", made.read_bytes, f"{_stem(job)}_cut.mp4", "video/mp4", on_click="ignore")
        give(made, f"{_stem(job)}_cut.mp4", f"give_{key}")
