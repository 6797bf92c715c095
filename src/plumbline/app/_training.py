"""What the pages of plan, log and progress share: the log of this machine, and the athlete chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st
from pydantic import ValidationError

from plumbline.app._coach import coach
from plumbline.app._local import height_input, mass_input, today
from plumbline.app._session import address, addressed
from plumbline.app._words import error_markdown, escaped
from plumbline.errors import PlumblineError, first_problem
from plumbline.language import _, day, say
from plumbline.log import AthleteEntry, TrainingLog, default_url, url_of_coach
from plumbline.plan import LEVELS, PlannedSession

# Of charts: what was measured, and what it is held against.
ACCENT, INK = "#1f6fb2", "#77808b"


@dataclass(frozen=True)
class Wanted:
    """What *Live* opens with.

    Attributes
    ----------
    drill : str
        Its id.
    height_m : float or None
        Of the athlete.
    reps : int or None
        After which a set is done.
    sets : int or None
        How many are planned.
    dose : str
        The planned dose in words; empty without one.
    """

    drill: str = "pogo"
    height_m: float | None = None
    reps: int | None = None
    sets: int | None = None
    dose: str = ""


def go_live(wanted: Wanted) -> None:
    """Open *Live* set up for what is wanted."""
    st.session_state.update(live_wanted=wanted, live_done=0)
    st.switch_page(st.session_state["pages"]["live"])


@st.cache_resource(show_spinner=False)
def _opened(url: str, coach_key: str) -> TrainingLog:
    return TrainingLog(url_of_coach(url, coach_key))


def training_log() -> TrainingLog | None:
    """The log, None where it cannot be opened, which the page then says."""
    try:
        return _opened(default_url(), coach())
    except PlumblineError as error:
        st.error(error_markdown(error))
        return None


def open_with(athlete: AthleteEntry) -> None:
    """Let the pages of plan, log, tests and progress open with an athlete."""
    st.session_state["athlete"] = athlete.name
    st.session_state.setdefault("addressed", {})["of"] = athlete.id


def choose_athlete(log: TrainingLog, key: str, preset: bool = True) -> AthleteEntry | None:
    """Let the user choose an athlete of the log; None while there is nobody.

    Without `preset` nobody is taken unless they were chosen here: a clip is of whom it shows, not of who was looked at
    last. With it the page is of the athlete, and its address says so.
    """
    athletes = log.athletes()
    if not athletes:
        return None
    names = [a.name for a in athletes]
    last = None
    if preset:
        asked = addressed("of")
        last = next((a.name for a in athletes if a.id == asked), st.session_state.get("athlete"))
    if (added := st.session_state.pop("athlete_added", None)) in names:
        st.session_state[key] = added  # the box keeps what was chosen before, else
    first = 0 if preset else None
    shown = names.index(last) if last in names else first
    name = st.selectbox(_("Athlete"), names, shown, key=key, placeholder=_("Choose an athlete"))
    if name is None:
        return None
    chosen = athletes[names.index(name)]
    open_with(chosen)
    if preset:
        address("of", chosen.id)
    return chosen


def due_said(session: PlannedSession) -> str:
    """What is due, and when."""
    if session.day == today():
        return _("due today: {title}", title=session.title.said)
    return _("next {day}: {title}", day=day(session.day, "MMMEd"), title=session.title.said)


def weeks_chart(
    weeks: Sequence[str],
    contacts: Sequence[int],
    key: str,
    cap: int | None = None,
    missed: Sequence[int] | None = None,
) -> None:
    """Contacts of each week as bars, those of them that were missed hatched, with the most that a level allows."""
    import plotly.graph_objects as go

    left = [n - m for n, m in zip(contacts, missed, strict=True)] if missed else list(contacts)
    figure = go.Figure(go.Bar(x=list(weeks), y=left, marker_color=ACCENT, name=_("done or to come")))
    if missed and any(missed):
        hatched = {"color": ACCENT, "opacity": 0.5, "pattern": {"shape": "/"}}
        figure.add_bar(x=list(weeks), y=list(missed), marker=hatched, name=_("missed"))
        figure.update_layout(barmode="stack", legend={"orientation": "h", "y": 1.2})
    if cap is not None:
        figure.add_hline(y=cap, line_dash="dash", line_color=INK, annotation_text=_("cap {cap}", cap=cap))
    edge = {"l": 10, "r": 10, "t": 10, "b": 10}
    figure.update_layout(height=220, margin=edge, paper_bgcolor="rgba(0,0,0,0)", yaxis_title=_("Contacts"))
    st.plotly_chart(figure, width="stretch", config={"displayModeBar": False}, key=f"weeks_{key}")


def change_athlete(log: TrainingLog, athlete: AthleteEntry) -> None:
    """A form for what is known of an athlete."""
    with st.form("about", border=False):
        a, b, c, d = st.columns([2, 1, 1, 1])
        name = a.text_input(_("Name"), athlete.name, max_chars=120)
        tall_m = height_input(b, athlete.height_m)
        heavy_kg = mass_input(c, athlete.mass_kg)
        level = d.selectbox(_("Level"), LEVELS, LEVELS.index(athlete.level), format_func=say)
        notes = st.text_area(_("Notes"), athlete.notes, max_chars=4000, height=80)
        if not st.form_submit_button(_("Save")):
            return
    change = {"name": name, "height_m": tall_m, "mass_kg": heavy_kg, "level": level, "notes": notes}
    saved = _saved(log, athlete.model_dump() | change)
    if saved is not None:
        open_with(saved)
        st.rerun()


def _saved(log: TrainingLog, values: dict[str, Any]) -> AthleteEntry | None:
    """The athlete as the log has them now; None, and a line on the page, where it refuses them."""
    try:
        entry = AthleteEntry.model_validate(values)
        log.save_athlete(entry)
    except (PlumblineError, ValidationError) as error:
        st.error(escaped(first_problem(error) if isinstance(error, ValidationError) else error.said))
        return None
    return entry


def add_athlete(log: TrainingLog) -> None:
    """A form for a new athlete."""
    with st.form("new_athlete", border=True, clear_on_submit=True):
        st.markdown(_("A new athlete"))
        a, b, c = st.columns([2, 1, 1.3])
        name = a.text_input(_("Name"), max_chars=120)
        tall_m = height_input(b, None)
        level = c.selectbox(_("Level"), LEVELS, format_func=say)
        if st.form_submit_button(_("Add")):
            if not name.strip():
                st.error(_("Enter a name."))
                return
            saved = _saved(log, {"name": name, "height_m": tall_m, "level": level})
            if saved is not None:
                open_with(saved)
                st.session_state["athlete_added"] = saved.name
                st.rerun()
