"""The page of guided tests: what to film, and the score of it with its error."""

from __future__ import annotations

import streamlit as st

from plumbline.app._clip import ClipJob
from plumbline.app._compare import choose_again, place_for
from plumbline.app._local import date_input, today
from plumbline.app._training import Wanted, choose_athlete, go_live, training_log
from plumbline.app._words import error_markdown, escaped
from plumbline.catalogue import Protocol, find_drill, load_protocols
from plumbline.errors import PlumblineError
from plumbline.language import _, say
from plumbline.log import AthleteEntry, TrainingLog, kind_of, outcome, parts_of, refuse_known, set_from_report
from plumbline.request import Request


def page() -> None:
    """Choose a test, film it, log it."""
    st.title(_("Tests"))
    log = training_log()
    if log is None:
        return
    athlete = choose_athlete(log, "tests_athlete")
    if athlete is None:
        st.info(_("Nobody is in the log yet. Add an athlete on *Athletes*, then film a test here."))
        return
    protocols = load_protocols()
    a, b = st.columns(2)
    protocol = protocols[
        a.selectbox(_("Test"), list(protocols), format_func=lambda k: say(protocols[k].name), key="test")
    ]
    drill = b.selectbox(
        _("Drill"), protocol.choices, format_func=lambda d: say(find_drill(d).name), key=f"of_{protocol.id}"
    )
    st.markdown(escaped(say(protocol.how)))
    st.caption(escaped(_("Film: {film}", film=say(find_drill(drill).film))))
    if st.button(
        _("Film it on Live"), icon=":material/videocam:", help=_("Its sets then stand under *measured before*.")
    ):
        go_live(Wanted(drill, athlete.height_m, protocol.reps or None))
    _films(log, athlete, protocol, drill)


def _films(log: TrainingLog, athlete: AthleteEntry, protocol: Protocol, drill: str) -> None:
    """A place for each film; once all are measured, what they add up to."""
    request = Request(drill=drill, height_m=athlete.height_m, mass_kg=athlete.mass_kg)
    slots = [f"{protocol.id}_{drill}_{athlete.id[:8]}_{k}" for k in range(len(protocol.films))]
    jobs: list[ClipJob] = []
    for k, (slot, column) in enumerate(zip(slots, st.columns(len(slots), gap="medium"), strict=True)):
        with column:
            st.markdown(f"#### {k + 1}. {escaped(say(protocol.films[k]))}")
            job = place_for(slot, _("Film"), request, samples=False)
            if job is not None and job.state == "measured":
                jobs.append(job)
                _measured(job, slot)
    if len(jobs) == len(slots):
        _log_it(log, athlete, protocol, jobs, slots)


def _measured(job: ClipJob, slot: str) -> None:
    assert job.report is not None
    drill = say(job.report.drill.name) if job.report.drill else _("No drill found")
    st.markdown(escaped(_("{name}: {drill}, {n} reps", name=job.name, drill=drill, n=len(job.report.reps))))
    a, b = st.columns(2)
    if a.button(_("Look at it"), key=f"see_{slot}", icon=":material/movie:"):
        st.switch_page(st.session_state["pages"]["analyse"], query_params={"clip": job.token})
    if b.button(_("Another film"), key=f"again_{slot}", icon=":material/refresh:"):
        choose_again(slot)


def _log_it(log: TrainingLog, athlete: AthleteEntry, protocol: Protocol, jobs: list[ClipJob], slots: list[str]) -> None:
    day = date_input(st, _("Filmed on"), today(), max_value=today())
    key = "_".join(("tested", athlete.id, *(job.token for job in jobs)))
    try:
        sets = parts_of(protocol, [set_from_report(job.report) for job in jobs if job.report is not None])
        if st.button(_("Log this test"), type="primary", icon=":material/edit_note:", disabled=key in st.session_state):
            refuse_known(log.sessions(athlete), sets)
            log.add_sets(athlete, day, sets, kind_of(sets[0].drill))
            st.session_state[key] = True
            st.rerun()
        if key not in st.session_state:
            return
        for line in outcome(protocol, sets, log.sessions(athlete), athlete.headline):
            st.info(escaped(line))
    except PlumblineError as error:
        st.error(error_markdown(error))
        return
    st.caption(_("Logged. *Progress* shows it over time."))
    if st.button(_("Film it again"), icon=":material/replay:"):
        for slot in slots:
            st.query_params.pop(slot, None)
        st.rerun()
