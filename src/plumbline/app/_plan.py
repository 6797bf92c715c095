"""The page of plans: the athlete's kept one with what is due, and a form for a new one."""

from __future__ import annotations

from calendar import day_abbr
from datetime import date

import streamlit as st

from plumbline.app._training import choose_athlete, training_log
from plumbline.app._words import escaped
from plumbline.catalogue import find_drill
from plumbline.errors import PlumblineError
from plumbline.log import AthleteEntry, TrainingLog
from plumbline.plan import (
    CAVEAT,
    LEVELS,
    Adapted,
    KeptPlan,
    Plan,
    PlannedSession,
    PlanRequest,
    block,
    block_original,
    calendar_of,
    due,
    follow,
    from_entry,
    plan_csv,
    plan_html,
    plan_ics,
    progressive,
    stride_gain_m,
    to_entry,
)

KINDS = {
    "Progressive, 6 to 10 weeks": progressive,
    "The coach's block, scaled to the level": block,
    "The coach's block, as written": block_original,
}
WEEK = list(day_abbr)


def page() -> None:
    """The athlete's plan, or the form for one."""
    st.title("Plan")
    log = training_log()
    athlete = choose_athlete(log, "plan_athlete") if log is not None else None
    kept = _kept(log, athlete) if log is not None and athlete is not None else False
    with st.expander("New plan", expanded=not kept):
        left, right = st.columns([1, 2], gap="large")
        with left:
            made = _asked(athlete)
        with right:
            if made is not None:
                _offer(log, athlete, *made)
    st.divider()
    _stride_gain()


def _kept(log: TrainingLog, athlete: AthleteEntry) -> bool:
    """Show the athlete's plan as the log leaves it; whether there is one."""
    entry = log.plan(athlete)
    if entry is None:
        st.info("No plan is saved for this athlete yet. Make one below and save it.")
        return False
    today = date.today()
    try:
        now = follow(log, athlete, entry, today)
        *before, kept = (from_entry(e) for e in log.plans(athlete))
    except PlumblineError as error:
        st.error(escaped(str(error)))
        return True
    for why in now.why:
        st.warning(escaped(why), icon=":material/edit_calendar:")
    _due(now.plan, today, athlete)
    with st.expander("The whole plan"):
        _show(now.plan, now, calendar_of([*before, kept], athlete.name))
    if kept.changes:
        with st.expander("What has changed, and why"):
            for day, reasons in reversed(kept.changes):
                st.markdown(escaped(f"{day:%a %d %b}: {' '.join(reasons)}"))
    if st.button("Delete this plan", icon=":material/delete:"):
        log.delete_plan(entry.id)
        st.rerun()
    return True


def _due(plan: Plan, today: date, athlete: AthleteEntry) -> None:
    """The day's drills, each with how to film it, and Live set up for it."""
    session = due(plan, today)
    if session is None:
        st.success("This plan is finished. Film the drills again and make the next one.")
        return
    when = "today" if session.day == today else f"on {session.day:%a %d %b}"
    st.markdown(f"#### Due {when}: {escaped(session.title)}, {session.contacts} contacts")
    if session.reason:
        st.caption(escaped(session.reason))
    for d in session.drills:
        drill = find_drill(d.drill)
        with st.expander(escaped(f"{d.name} · {d.said}")):
            st.markdown(escaped(drill.how))
            for cue in drill.cues:
                st.markdown(f"- *{escaped(cue)}*")
            if drill.movement is None:
                st.caption(escaped(drill.not_judged))
            else:
                st.caption(escaped(f"Film: {drill.film}"))
                if st.button("Do it on Live", key=f"live_{d.drill}", icon=":material/videocam:"):
                    st.session_state.update(live_drill=drill.id, live_height=athlete.height_m)
                    st.switch_page(st.session_state["live_page"])


def _asked(athlete: AthleteEntry | None) -> tuple[PlanRequest, Plan] | None:
    kind = st.radio("Kind of plan", list(KINDS))
    a, b = st.columns(2)
    start = a.date_input("First day", date.today())
    race = b.date_input("Race", None)
    level = a.selectbox("Level", LEVELS, LEVELS.index(athlete.level) if athlete else 0)
    weeks = b.selectbox("Weeks", list(range(6, 11)), 2, disabled=KINDS[kind] is not progressive)
    days = st.pills("Days for jumps", WEEK, selection_mode="multi", default=["Mon", "Wed", "Fri"])
    hard = st.pills("Hard running", WEEK, selection_mode="multi", help="No jumps on these days, before or after them.")
    easy = st.pills("Easy running", WEEK, selection_mode="multi", help="For the block's running and ankle drills.")
    strength = st.pills("Strength", WEEK, selection_mode="multi", help="Shown beside the jumps.")
    try:
        request = PlanRequest(
            start, level, race, _numbers(days), _numbers(hard), weeks, _numbers(easy), _numbers(strength)
        )
        return request, _made(kind, request)
    except PlumblineError as error:
        st.error(escaped(str(error)))
        return None


@st.cache_data(show_spinner="Making the plan", max_entries=20)
def _made(kind: str, request: PlanRequest) -> Plan:
    return KINDS[kind](request)


def _numbers(days: list[str]) -> frozenset[int]:
    return frozenset(WEEK.index(d) for d in days)


def _offer(log: TrainingLog | None, athlete: AthleteEntry | None, request: PlanRequest, made: Plan) -> None:
    if log is not None and athlete is not None:
        if st.button(escaped(f"Save for {athlete.name}"), type="primary", icon=":material/save:"):
            log.save_plan(athlete, to_entry(KeptPlan(request, made), date.today()))
            st.rerun()
    else:
        st.caption("Add an athlete on *Log* to save a plan that follows what they do.")
    _show(made, None, plan_ics(made, athlete.name if athlete else ""))


def _show(made: Plan, now: Adapted | None, calendar: bytes) -> None:
    for note in made.notes:
        st.caption(escaped(note))
    st.bar_chart(
        [{"Week": w, "Contacts": n} for w, n in enumerate(made.weekly_contacts(), 1)],
        x="Week",
        y="Contacts",
        height=180,
    )
    files: list[tuple[str, str | bytes, str, str]] = [
        ("Calendar", calendar, "plan.ics", "text/calendar"),
        ("Table", plan_csv(made), "plan.csv", "text/csv"),
        ("Page to print", plan_html(made), "plan.html", "text/html"),
    ]
    for column, (label, data, name, mime) in zip(st.columns(3), files, strict=True):
        key = f"{name}_{'kept' if now else 'new'}"
        column.download_button(label, data, name, mime, icon=":material/download:", on_click="ignore", key=key)
    for week in dict.fromkeys(s.week for s in made.sessions):
        st.markdown(f"**Week {week}**")
        for session in (s for s in made.sessions if s.week == week):
            _session(session, now)


def _session(s: PlannedSession, now: Adapted | None) -> None:
    parts = [f"{s.day:%a %d %b}", escaped(s.title)]
    parts += [f"{s.contacts} contacts"] if s.contacts else []
    parts += ["done"] if now and s.kind == "jumps" and s.day in now.done else []
    parts += ["missed"] if now and s.kind == "jumps" and s.day in now.missed else []
    parts += ["eased"] if s.reason else []
    st.markdown(" · ".join(parts))
    if s.reason:
        st.caption(escaped(s.reason))
    if s.drills:
        st.caption(escaped("; ".join(f"{d.name} {d.said}" for d in s.drills)))


def _stride_gain() -> None:
    st.markdown("#### What a longer step adds up to")
    a, b, c = st.columns(3)
    cm = a.number_input("Centimetres more per step", 0.0, 100.0, 10.0)
    steps = b.number_input("Steps", 0, 1_000_000, 30_000, 1000)
    c.metric("Metres", f"{stride_gain_m(cm, int(steps)):.0f}")
    st.caption(CAVEAT)
