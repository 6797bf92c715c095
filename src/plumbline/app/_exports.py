"""What the trainer takes away: film, stills, report, tables, or all of it in one file."""

from __future__ import annotations

import zipfile
from functools import partial
from pathlib import Path

import streamlit as st

from plumbline.app._clip import ClipJob
from plumbline.app._local import date_input, today
from plumbline.app._phone import give
from plumbline.app._session import sets_of_session
from plumbline.app._training import add_athlete, choose_athlete, training_log
from plumbline.app._words import error_markdown, escaped
from plumbline.draw import FILM_LONG_EDGE, SHAPES, Cut
from plumbline.errors import PlumblineError
from plumbline.language import N_, _, current, number, say
from plumbline.log import AthleteEntry, keep_clip, log_film, set_from_report
from plumbline.report.letterhead import Letterhead
from plumbline.results import ZIP_NAMES, Results, write_bundle
from plumbline.tables import Decimal
from plumbline.typeface import undrawable

KINDS = {
    "report.pdf": (N_("Report for paper (PDF)"), "application/pdf"),
    "report.html": (N_("Report, one page (HTML)"), "text/html"),
    "reps.csv": (N_("One row per rep (CSV)"), "text/csv"),
    "frames.csv": (N_("One row per frame (CSV)"), "text/csv"),
    "report.json": (N_("Everything (JSON)"), "application/json"),
}


def panel(job: ClipJob) -> None:
    """Downloads of one clip."""
    assert job.analysis is not None and job.report is not None
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown("## " + _("Log"))
        _to_log(job)
        st.markdown("## " + _("Report and numbers"))
        _documents(job)
    with right:
        st.markdown("## " + _("Film"))
        if job.filmed:
            _film(job)
        else:
            st.info(_("No film was kept of this session."))
    if st.session_state.pop("rerun_exports", False):  # only now, or what stands below would be drawn anew, and shut
        st.rerun()


def _to_log(job: ClipJob) -> None:
    """One click makes the clip a set of the athlete's session of the day it was filmed on."""
    assert job.report is not None
    if not job.report.reps:
        st.caption(_("There is no rep to log."))
        return
    log = training_log()
    if log is None:
        return
    athlete = choose_athlete(log, f"log_{job.token}", preset=False)
    if athlete is None:
        st.caption(_("To log it, choose the athlete."))
    with st.expander(_("Add an athlete"), expanded=not log.athletes()):
        add_athlete(log)
    if athlete is None:
        return
    _is_of(job, athlete)
    if st.session_state.get(_logged(athlete, job)):
        st.success(_("Logged. *Log* and *Progress* show it."))
        return
    day = date_input(st, _("Filmed on"), today(), max_value=today(), key=f"log_day_{job.token}")
    keep = st.checkbox(
        _("Save report and film with it"),
        key=f"keep_{job.token}",
        help=_("To look at the first and the latest clip together on Progress. They stay where the log is."),
    )
    chosen = _chosen(job, athlete)
    try:
        for one in chosen:
            assert one.report is not None
            entry = set_from_report(one.report)
            entry = entry.model_copy(update={"notes": _both_counts(one)}) if _counts_differ(one) else entry
            if keep:
                entry = keep_clip(log.clips, entry, one.report, one.film)
            log_film(log, athlete, day, entry, replace=True)
            st.session_state.update({_logged(athlete, one): True, "rerun_exports": True})
    except PlumblineError as error:
        st.error(error_markdown(error))


def _is_of(job: ClipJob, athlete: AthleteEntry) -> None:
    """The report is the athlete's, unless another name is written."""
    of, field = f"head_of_{job.token}", f"head_athlete_{job.token}"
    if st.session_state.get(of) != athlete.id or field not in st.session_state:
        st.session_state.update({of: athlete.id, field: athlete.name})


def _chosen(job: ClipJob, athlete: AthleteEntry) -> list[ClipJob]:
    """What is to be logged now: this clip, all sets of its session, or nothing yet."""
    sets = [other for other in sets_of_session(job) if not st.session_state.get(_logged(athlete, other))]
    several = sets if len(sets) > 1 else []
    if differing := [other for other in several or [job] if _counts_differ(other)]:
        st.caption(escaped(" ".join(map(_both_counts, differing))))
    before = any(str(k).startswith(_logged(athlete, job, "")) for k in st.session_state)
    words = _("Put this in place of what was logged") if before else _("Add to the log")
    chosen = [job] if st.button(words, icon=":material/edit_note:", key=f"add_{job.token}") else []
    if several and st.button(
        _("Add all {n} sets of this session", n=len(several)), icon=":material/playlist_add:", key=f"all_{job.token}"
    ):
        return several
    return chosen


def _logged(athlete: AthleteEntry, job: ClipJob, version: str | None = None) -> str:
    """The key under which the session notes that the clip, as it is measured now, has been logged."""
    return f"logged_{athlete.id}_{job.token}_{job.version if version is None else version}"


def _counts_differ(job: ClipJob) -> bool:
    """Whether live counted another number of reps than are measured."""
    assert job.report is not None
    return job.counted_live is not None and job.counted_live != len(job.report.reps)


def _both_counts(job: ClipJob) -> str:
    """How many reps live counted, and how many are logged."""
    assert job.report is not None
    return _(
        "{name}: live counted {counted} reps, {found} are measured and logged.",
        name=job.name,
        counted=job.counted_live,
        found=len(job.report.reps),
    )


def _stem(job: ClipJob) -> str:
    return job.name.rpartition(".")[0] or job.name


def _documents(job: ClipJob) -> None:
    assert job.analysis is not None and job.report is not None
    key = f"{job.token}_{job.version}"
    if not st.toggle(_("Prepare the files"), key=f"prepare_{key}"):
        st.caption(_("Report as HTML and PDF, tables, stills, and everything in one zip."))
        return
    # Stills and film may be finished meanwhile: the zip and its label speak of one moment.
    analysis, report, film = job.analysis, job.report, job.film
    pictures = job.pictures if job.pictured else []
    head = letterhead(job.token)
    decimal = decimal_sign(f"decimal_{job.token}")
    state = "_film" if film else "_stills" if pictures else ""
    bundle = job.folder / f"all_{job.version}{state}_{abs(hash((head, decimal, current())))}.zip"
    try:
        if not bundle.exists():
            with st.spinner(_("Writing …")):
                write_bundle(bundle, [Results("", analysis, report, pictures, film)], head, decimal)
    except PlumblineError as error:
        st.error(error_markdown(error))
        return
    st.download_button(
        _("Everything in one zip")
        if film or not job.filmed
        else _("Everything in one zip (the film is still being drawn)"),
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
        st.download_button(say(label), part, f"{_stem(job)}_{name}", mime, key=f"{name}_{key}", on_click="ignore")


def decimal_sign(key: str) -> Decimal:
    """Let the user choose how tables write 1.5, as their spreadsheet does."""
    signs: dict[Decimal, str] = {"point": "1.5", "comma": "1,5"}
    usual = int(number(1.5, ".1f") == signs["comma"])
    return st.radio(_("Numbers in tables"), list(signs), usual, format_func=signs.__getitem__, horizontal=True, key=key)


def letterhead(token: str) -> Letterhead:
    """Whom the report is of and from; coach, club and sign are kept for the next clip of this visit."""
    a, b = st.columns(2)
    athlete = a.text_input(_("Athlete's name"), max_chars=60, key=f"head_athlete_{token}")
    day = date_input(b, _("Filmed on"), st.session_state.get(f"log_day_{token}", today()), key=f"head_day_{token}")
    # A field's own state ends when the page is left; what was written is kept beside it.
    for field in ("head_coach", "head_club"):
        st.session_state.setdefault(f"{field}_field", st.session_state.get(field, ""))
    coach_name = a.text_input(_("Coach"), max_chars=60, key="head_coach_field")
    club = b.text_input(_("Club"), max_chars=60, key="head_club_field")
    st.session_state.update(head_coach=coach_name, head_club=club)
    st.file_uploader(_("Club logo"), ["png", "jpg", "jpeg"], key="head_logo", on_change=_keep_sign)
    return Letterhead(athlete, coach_name, club, day, st.session_state.get("head_sign"))


def of_club() -> Letterhead:
    """From whom reports are, as it was written last on this visit; of nobody yet."""
    kept = st.session_state
    return Letterhead("", kept.get("head_coach", ""), kept.get("head_club", ""), today(), kept.get("head_sign"))


def _keep_sign() -> None:
    """Keep the logo that was chosen, or none where it was taken out."""
    sign = st.session_state["head_logo"]
    st.session_state["head_sign"] = sign.getvalue() if sign is not None else None


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
            _("The annotated film"),
            job.film.read_bytes,
            f"{_stem(job)}_annotated.mp4",
            "video/mp4",
            icon=":material/download:",
            key=f"film_{job.token}_{job.version}_file",
            on_click="ignore",
        )
        give(job.film, f"{_stem(job)}_annotated.mp4", f"give_{job.token}_{job.version}")
    with st.form(f"cut_{job.token}", border=True):
        st.markdown(_("Part of it, or another shape"))
        span = st.select_slider(_("Reps"), numbers, (numbers[0], numbers[-1])) if len(numbers) > 1 else None
        a, b = st.columns(2)
        slower = a.selectbox(
            _("Speed"), [1.0, 2.0, 4.0], format_func=lambda x: _("real") if x == 1 else _("{x:.0f} × slower", x=x)
        )
        shape = b.selectbox(_("Shape"), list(SHAPES), format_func=say)
        figure = st.checkbox(_("Draw skeleton and line"), value=True)
        line = st.text_input(_("Name or club on the film"), max_chars=40, placeholder=_("none"))
        full = st.checkbox(_("Full size (otherwise {edge} px)", edge=FILM_LONG_EDGE))
        asked = st.form_submit_button(_("Make this film"))
    lacking = undrawable(line)
    if asked and lacking:
        st.warning(
            _("The film's typeface has no signs for {lacking}; a placeholder stands in their place.", lacking=lacking)
        )
    if asked:
        whole = span is None or span == (numbers[0], numbers[-1])
        cut = Cut(None if whole else span, slower, shape, figure, line, st.session_state.get("head_sign"))
        try:
            with st.spinner(_("Drawing …")):
                st.session_state[key] = job.cut(cut, None if full else FILM_LONG_EDGE)
        except PlumblineError as error:
            st.error(error_markdown(error))
    made: Path | None = st.session_state.get(key)
    if made is not None:
        st.video(str(made))
        st.download_button(
            _("Take this film"), made.read_bytes, f"{_stem(job)}_cut.mp4", "video/mp4", on_click="ignore"
        )
        give(made, f"{_stem(job)}_cut.mp4", f"give_{key}")
