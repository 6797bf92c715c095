"""What the pages of plan, log and progress share: the log of this machine, and the athlete chosen."""

from __future__ import annotations

import streamlit as st
from pydantic import ValidationError

from plumbline.app._coach import coach
from plumbline.app._words import escaped
from plumbline.errors import PlumblineError, first_problem
from plumbline.language import _, say
from plumbline.log import AthleteEntry, TrainingLog, default_url, url_of_coach
from plumbline.plan import LEVELS


@st.cache_resource(show_spinner=False)
def _opened(url: str, coach_key: str) -> TrainingLog:
    return TrainingLog(url_of_coach(url, coach_key))


def training_log() -> TrainingLog | None:
    """The log, None where it cannot be opened, which the page then says."""
    try:
        return _opened(default_url(), coach())
    except PlumblineError as error:
        st.error(escaped(error.said))
        return None


def choose_athlete(log: TrainingLog, key: str) -> AthleteEntry | None:
    """Let the user choose an athlete of the log; None while there is nobody."""
    athletes = log.athletes()
    if not athletes:
        return None
    names = [a.name for a in athletes]
    last = st.session_state.get("athlete")
    name = st.selectbox(_("Athlete"), names, names.index(last) if last in names else 0, key=key)
    st.session_state["athlete"] = name
    return athletes[names.index(name)]


def change_athlete(log: TrainingLog, athlete: AthleteEntry) -> None:
    """A form for what is known of an athlete."""
    with st.form("about", border=False):
        a, b, c, d = st.columns([2, 1, 1, 1])
        name = a.text_input(_("Name"), athlete.name, max_chars=120)
        tall = b.number_input(_("Height, cm"), 80, 250, round(100 * athlete.height_m) if athlete.height_m else None)
        heavy = c.number_input(_("Body weight, kg"), 15.0, 300.0, athlete.mass_kg, step=0.5)
        level = d.selectbox(_("Level"), LEVELS, LEVELS.index(athlete.level), format_func=say)
        if not st.form_submit_button(_("Save")):
            return
    change = {"name": name, "height_m": tall / 100 if tall else None, "mass_kg": heavy, "level": level}
    try:
        log.save_athlete(AthleteEntry.model_validate(athlete.model_dump() | change))
    except (PlumblineError, ValidationError) as error:
        st.error(escaped(first_problem(error) if isinstance(error, ValidationError) else error.said))
    else:
        st.session_state["athlete"] = name.strip()
        st.rerun()


def add_athlete(log: TrainingLog) -> None:
    """A form for a new athlete."""
    with st.form("new_athlete", border=True, clear_on_submit=True):
        st.markdown(_("A new athlete"))
        a, b, c = st.columns([2, 1, 1])
        name = a.text_input(_("Name"), max_chars=120)
        tall = b.number_input(_("Height, cm"), 80, 250, None, placeholder=_("not given"))
        level = c.selectbox(_("Level"), LEVELS, format_func=say)
        if st.form_submit_button(_("Add")) and name.strip():
            try:
                log.save_athlete(
                    AthleteEntry.model_validate(
                        {"name": name, "height_m": tall / 100 if tall else None, "level": level}
                    )
                )
            except PlumblineError as error:
                st.error(escaped(error.said))
            else:
                st.session_state["athlete"] = name.strip()
                st.rerun()
