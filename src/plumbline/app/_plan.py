"""The page of plans: asked for, looked at, taken away."""

from __future__ import annotations

from calendar import day_abbr
from datetime import date

import streamlit as st

from plumbline.app._training import choose_athlete, training_log
from plumbline.app._words import escaped
from plumbline.errors import PlumblineError
from plumbline.plan import (
    CAVEAT,
    LEVELS,
    Plan,
    PlannedSession,
    PlanRequest,
    block,
    plan_csv,
    plan_html,
    plan_ics,
    progressive,
    scaled_back,
    stride_gain_m,
)

KINDS = {"Progressive, 6 to 8 weeks": progressive, "The coach's block, 12 sessions": block}
WEEK = list(day_abbr)


def page() -> None:
    """Ask, plan, show, give away."""
    st.title("Plan")
    left, right = st.columns([1, 2], gap="large")
    with left:
        made = _asked()
    with right:
        if made is not None:
            _show(*made)
    st.divider()
    _stride_gain()


def _asked() -> tuple[Plan, str] | None:
    kind = st.radio("Plan", list(KINDS))
    a, b = st.columns(2)
    start = a.date_input("First day", date.today())
    race = b.date_input("Race", None)
    level = a.selectbox("Level", LEVELS)
    weeks = b.selectbox("Weeks", [6, 7, 8], 2, disabled=KINDS[kind] is block)
    days = st.pills("Days for jumps", WEEK, selection_mode="multi", default=["Mon", "Wed", "Fri"])
    hard = st.pills("Hard running", WEEK, selection_mode="multi", help="No jumps on these days, before or after them.")
    log = training_log()
    athlete = None
    if log is not None and log.athletes() and st.checkbox("Scale back by the log", help="After pain or great effort."):
        athlete = choose_athlete(log, "plan_athlete")
    try:
        request = PlanRequest(start, level, race, _numbers(days), _numbers(hard), weeks)
        made = KINDS[kind](request)
        if log is not None and athlete is not None:
            made = scaled_back(made, log.sessions(athlete), date.today())
    except PlumblineError as error:
        st.error(escaped(str(error)))
        return None
    return made, athlete.name if athlete else ""


def _numbers(days: list[str]) -> frozenset[int]:
    return frozenset(WEEK.index(d) for d in days)


def _show(made: Plan, athlete: str) -> None:
    for note in made.notes:
        st.caption(escaped(note))
    files: list[tuple[str, str | bytes, str, str]] = [
        ("Calendar", plan_ics(made, athlete), "plan.ics", "text/calendar"),
        ("Table", plan_csv(made), "plan.csv", "text/csv"),
        ("Page to print", plan_html(made), "plan.html", "text/html"),
    ]
    for column, (label, data, name, mime) in zip(st.columns(3), files, strict=True):
        column.download_button(label, data, name, mime, icon=":material/download:", on_click="ignore", width="stretch")
    for week in dict.fromkeys(s.week for s in made.sessions):
        st.markdown(f"#### Week {week}")
        for session in (s for s in made.sessions if s.week == week):
            _session(session)


def _session(s: PlannedSession) -> None:
    contacts = f" · {s.contacts} contacts" if s.contacts else ""
    with st.expander(f"{s.day:%a %d %b} · {escaped(s.title)}{contacts}" + (" · scaled back" if s.reason else "")):
        if s.reason:
            st.warning(escaped(f"Scaled back to {s.share:.0%}: {s.reason}."), icon=":material/healing:")
        st.dataframe(
            [{"Drill": d.name, "Dose": d.dose, "Contacts": str(d.contacts or "")} for d in s.drills], hide_index=True
        )


def _stride_gain() -> None:
    st.markdown("#### What a longer step adds up to")
    a, b, c = st.columns(3)
    cm = a.number_input("Centimetres more a step", 0.0, 100.0, 10.0)
    steps = b.number_input("Steps", 0, 1_000_000, 30_000, 1000)
    c.metric("Metres", f"{stride_gain_m(cm, int(steps)):.0f}")
    st.caption(CAVEAT)
