"""The page of plans: the athlete's kept one with what is due, and a form for a new one."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Any

import streamlit as st

from plumbline.app._local import date_input, today
from plumbline.app._training import Wanted, choose_athlete, go_live, training_log, weeks_chart
from plumbline.app._words import error_markdown, escaped
from plumbline.catalogue import find_drill
from plumbline.errors import PlumblineError
from plumbline.language import N_, _, day, ngettext, say, weekdays
from plumbline.log import AthleteEntry, PlanEntry, SessionEntry, TrainingLog
from plumbline.plan import (
    CAVEAT,
    LEVELS,
    MOST_CM,
    MOST_STEPS,
    Adapted,
    KeptPlan,
    Plan,
    PlannedSession,
    PlanRequest,
    adapted,
    block,
    block_original,
    calendar_of,
    due,
    eased_said,
    follow,
    from_entry,
    made_for,
    plan_csv,
    plan_html,
    plan_ics,
    progressive,
    rest_of,
    stride_gain_m,
    to_entry,
    week_choices,
)

KINDS = {
    N_("Progressive, 6 to 10 weeks"): progressive,
    N_("The coach's block, scaled to the level"): block,
    N_("The coach's block, as written"): block_original,
}
USUAL_DAYS = (0, 3)


def page() -> None:
    """The athlete's plan, or the form for one."""
    st.title(_("Plan"))
    log = training_log()
    athlete = choose_athlete(log, "plan_athlete") if log is not None else None
    kept = _kept(log, athlete) if log is not None and athlete is not None else False
    with st.expander(_("New plan"), expanded=not kept):
        left, right = st.columns([2, 3], gap="large")
        with left:
            made = _asked(log, athlete)
        with right:
            if made is not None:
                _offer(log, athlete, *made)
    st.divider()
    _stride_gain()


def _kept(log: TrainingLog, athlete: AthleteEntry) -> bool:
    """Show the athlete's plan as the log leaves it; whether there is one."""
    entry = log.plan(athlete)
    if entry is None:
        st.info(_("No plan is saved for this athlete yet. Make one below and save it."))
        return False
    try:
        now = follow(log, athlete, entry, today())
        *earlier, latest = log.plans(athlete)
        kept = from_entry(latest)
    except PlumblineError as error:
        st.error(error_markdown(error))
        _delete(log, entry)
        return True
    for why in now.why:
        st.warning(escaped(why.said), icon=":material/edit_calendar:")
    _due(log, now, athlete)
    with st.expander(_("The whole plan")):
        _catch_up(log, now, athlete)
        _show(now.plan, now, calendar_of([*_readable(earlier), kept], athlete.name), athlete.name)
    if kept.changes:
        with st.expander(_("What has changed, and why")):
            for line in _changes_said(kept)[::-1]:
                st.markdown(escaped(line))
    _delete(log, entry)
    return True


def _changes_said(kept: KeptPlan) -> list[str]:
    """What has changed the plan, day by day; what still held at a later look is said once."""
    said, out = set[str](), []
    for when, reasons in kept.changes:
        new = [r.said for r in reasons if r.said not in said]
        said.update(new)
        out += [f"{day(when, 'MMMEd')}: {' '.join(new)}"] if new else []
    return out


def _readable(entries: list[PlanEntry]) -> list[KeptPlan]:
    """Earlier plans, without those of versions whose plans cannot be read any more."""
    out = []
    for entry in entries:
        with suppress(PlumblineError):
            out.append(from_entry(entry))
    return out


def _delete(log: TrainingLog, entry: PlanEntry) -> None:
    with st.popover(_("Delete this plan"), icon=":material/delete:"):
        st.markdown(_("It cannot be brought back."))
        if st.button(_("Delete it"), type="primary"):
            log.delete_plan(entry.id)
            st.rerun()


def _due(log: TrainingLog, now: Adapted, athlete: AthleteEntry) -> None:
    """The day's drills, each with how to film it, and Live set up for it."""
    session = due(now.plan, today(), now.done)
    if session is None:
        st.success(_("This plan is finished. Film the drills again and make the next one."))
        return
    what = escaped(f"{session.title.said}, {_contacts(session.contacts)}")
    if session.day == today():
        st.markdown("## " + _("Due today: {session}", session=what))
    else:
        st.markdown("## " + _("Due on {day}: {session}", day=day(session.day, "MMMEd"), session=what))
    if session.reason is not None:
        st.caption(escaped(eased_said(session)))
    if session.day == today():
        _done_as_planned(log, athlete, session, _("Done as planned"))
    for d in session.drills:
        drill = find_drill(d.drill)
        with st.expander(escaped(f"{d.name} · {d.said}")):
            st.markdown(escaped(say(drill.how)))
            for cue in drill.cues:
                st.markdown(f"- *{escaped(say(cue))}*")
            if drill.movement is None:
                st.caption(escaped(say(drill.not_judged)))
            else:
                st.caption(escaped(_("Film: {film}", film=say(drill.film))))
                if st.button(_("Do it on Live"), key=f"live_{d.drill}", icon=":material/videocam:"):
                    sets, reps = d.sets or (None, None)
                    go_live(Wanted(drill.id, athlete.height_m, reps, sets, d.said))


def _done_as_planned(log: TrainingLog, athlete: AthleteEntry, session: PlannedSession, words: str) -> None:
    """A button that logs what the log still lacks of a session; nothing where it lacks nothing."""
    sets = rest_of(session, log.sessions(athlete, session.day))
    if sets and st.button(escaped(words), key=f"planned_{session.day}", icon=":material/check:"):
        try:
            log.add_sets(athlete, session.day, sets)
        except PlumblineError as error:
            st.error(error_markdown(error))
        else:
            said = ", ".join(f"{s.drill_name} {s.reps}" for s in sets)
            st.toast(escaped(_("Logged: {sets}. It can be changed on *Log*.", sets=said)), icon=":material/check:")
            st.rerun()


def _catch_up(log: TrainingLog, now: Adapted, athlete: AthleteEntry) -> None:
    """The last session before today, for who did it and logged not all of it."""
    past = [s for s in now.plan.sessions if s.kind == "jumps" and s.contacts and s.day < today()]
    last = past[-1] if past else None
    # Not where it was made up for on the day before or after.
    if last and (last.day in now.missed or any(s.day == last.day for s in log.sessions(athlete, last.day))):
        _done_as_planned(log, athlete, last, _("{day} was done as planned", day=day(last.day, "MMMEd")))


def _asked(log: TrainingLog | None, athlete: AthleteEntry | None) -> tuple[PlanRequest, Plan] | None:
    kind = st.radio(_("Kind of plan"), list(KINDS), format_func=say)
    a, b = st.columns(2)
    start = date_input(a, _("First day"), today())
    race = date_input(b, _("Race"), None)
    level = a.selectbox(_("Level"), LEVELS, LEVELS.index(athlete.level) if athlete else 0, format_func=say)
    weeks = b.selectbox(_("Weeks"), week_choices(), 2, disabled=KINDS[kind] is not progressive)
    days = _weekdays(_("Days for jumps"), USUAL_DAYS, help=_("Two a week are used, 48 hours apart."))
    hard = _weekdays(_("Hard running"), help=_("No jumps on these days, before or after them."))
    easy = _weekdays(_("Easy running"), help=_("For the block's running and ankle drills."))
    strength = _weekdays(_("Strength"), help=_("Shown beside the jumps."))
    try:
        request = PlanRequest(start, level, race, days, hard, weeks, easy, strength)
        logged = log.sessions(athlete) if log is not None and athlete is not None else []
        return request, _made(kind, request, logged)
    except PlumblineError as error:
        st.error(error_markdown(error))
        return None


def _weekdays(label: str, usual: tuple[int, ...] = (), **more: Any) -> frozenset[int]:
    """A choice of weekdays, as their numbers from Monday on."""
    names = weekdays()
    chosen = st.pills(
        label, list(range(7)), selection_mode="multi", default=usual, format_func=names.__getitem__, **more
    )
    return frozenset(chosen)


@st.cache_data(show_spinner=False, max_entries=20)
def _made(kind: str, request: PlanRequest, logged: list[SessionEntry]) -> Plan:
    return made_for(KINDS[kind], request, logged)


def _offer(log: TrainingLog | None, athlete: AthleteEntry | None, request: PlanRequest, made: Plan) -> None:
    if log is not None and athlete is not None:
        if st.button(escaped(_("Save for {name}", name=athlete.name)), type="primary", icon=":material/save:"):
            log.save_plan(athlete, to_entry(KeptPlan(request, made), today()))
            st.rerun()
        # As it will be once it is saved: what is logged of today counts.
        now = adapted(made, request, log.sessions(athlete), today())
        for why in now.why:
            st.warning(escaped(why.said), icon=":material/edit_calendar:")
        made = now.plan
    else:
        st.caption(_("Add an athlete on *Athletes* to save a plan that follows what they do."))
    name = athlete.name if athlete else ""
    _show(made, None, plan_ics(made, name), name)


def _show(made: Plan, now: Adapted | None, calendar: bytes, athlete: str) -> None:
    for note in made.notes:
        st.caption(escaped(note.said))
    contacts = made.weekly_contacts()
    missed = made.weekly_contacts(now.missed) if now else None
    names = [_("Week {n}", n=k) for k in range(1, len(contacts) + 1)]
    weeks_chart(names, contacts, "kept" if now else "new", missed=missed)
    files: list[tuple[str, str | bytes, str, str]] = [
        (_("Calendar"), calendar, "plan.ics", "text/calendar"),
        (_("Table"), plan_csv(made), "plan.csv", "text/csv"),
        (_("Page to print"), plan_html(made, athlete, now.done if now else frozenset()), "plan.html", "text/html"),
    ]
    for column, (label, data, name, mime) in zip(st.columns(3), files, strict=True):
        key = f"{name}_{'kept' if now else 'new'}"
        column.download_button(label, data, name, mime, icon=":material/download:", on_click="ignore", key=key)
    for week in dict.fromkeys(s.week for s in made.sessions):
        mine = [s for s in made.sessions if s.week == week]
        said = _("Week {n}", n=week)
        if total := sum(s.contacts for s in mine):
            said += f" · {_contacts(total)}"
        with st.expander(said, expanded=any(s.day >= today() for s in mine) and mine[0].day <= _soon(made)):
            for session in mine:
                _session(session, now)


def _soon(made: Plan) -> date:
    """The day of the first session that is still to come."""
    return min((s.day for s in made.sessions if s.day >= today()), default=today())


def _session(s: PlannedSession, now: Adapted | None) -> None:
    parts = [day(s.day, "MMMEd"), s.title.said]
    parts += [_contacts(s.contacts)] if s.contacts else []
    parts += [_("done")] if now and s.kind == "jumps" and s.day in now.done else []
    parts += [_("missed")] if now and s.kind == "jumps" and s.day in now.missed else []
    st.markdown(f"**{escaped(' · '.join(parts))}**")
    if s.reason is not None:
        st.caption(escaped(eased_said(s)))
    if s.drills:
        st.markdown("\n".join(f"- {escaped(d.name)}: {escaped(d.said)}" for d in s.drills))


def _contacts(n: int) -> str:
    return ngettext("{n} contact", "{n} contacts", n)


def _stride_gain() -> None:
    with st.expander(_("What a longer step is worth")):
        a, b, c = st.columns(3)
        cm = a.number_input(_("Centimetres more per step"), 0.0, MOST_CM, 10.0)
        steps = b.number_input(_("Steps"), 0, MOST_STEPS, 30_000, 1000)
        c.metric(_("Metres"), f"{stride_gain_m(cm, int(steps)):.0f}")
        st.caption(say(CAVEAT))
