"""The page of athletes: the roster, and one page for each with plan, sets, tests and changes together."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import streamlit as st

from plumbline.app._exchange import exchange, imported
from plumbline.app._local import height_said, mass_said, today
from plumbline.app._progress import changed
from plumbline.app._training import add_athlete, change_athlete, due_said, open_with, training_log
from plumbline.app._words import error_markdown, escaped, table
from plumbline.catalogue import load_protocols, metric_label
from plumbline.errors import PlumblineError
from plumbline.forget import forget
from plumbline.language import _, day, say
from plumbline.log import (
    REPEAT,
    AthleteEntry,
    SessionEntry,
    SetEntry,
    TrainingLog,
    drill_name,
    film_again_said,
    headline_of,
    is_followed,
    outcome,
    page_of,
    reassess_on,
    set_said,
    trends,
    weekly_contacts,
)
from plumbline.plan import eased_said, next_session, weekly_cap

LATEST_SETS = 10


def page() -> None:
    """The roster, or the page of the athlete that the address names."""
    log = training_log()
    athletes = log.athletes() if log is not None else []
    asked = st.query_params.get("athlete")
    athlete = next((a for a in athletes if a.id == asked), None)
    if log is not None and athlete is not None:
        _one(log, athlete)
        return
    st.title(_("Athletes"))
    if log is None:
        return
    if not athletes:
        st.info(
            _("Nobody is here yet. Add an athlete, or import a roster; a measured clip is then logged with one click.")
        )
    imported()
    for one in athletes:
        _row(log, one)
    left, right = st.columns(2, gap="large")
    with left:
        add_athlete(log)
    with right, st.expander(_("Export and import")):
        exchange(log)


def _row(log: TrainingLog, athlete: AthleteEntry) -> None:
    """An athlete of the roster: what there is to know before practice."""
    sessions = log.sessions(athlete)
    parts = [say(athlete.level)]
    parts += [_("last session {day}", day=day(sessions[-1].day, "MMMEd"))] if sessions else [_("nothing logged yet")]
    coming = next_session(log, athlete, today())
    if coming is not None:
        parts.append(due_said(coming))
    again = reassess_on(sessions)
    if again is not None and again <= today():
        parts.append(_("film again"))
    hurt = [d for s in sessions if today() - s.day <= timedelta(days=7) for d in s.discomfort]
    parts += [f"{d.where} {d.score}/10" for d in hurt]
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        if st.button(escaped(athlete.name), key=f"open_{athlete.id}", icon=":material/person:"):
            st.query_params["athlete"] = athlete.id
            st.rerun()
        st.caption(escaped(" · ".join(parts)))


def _one(log: TrainingLog, athlete: AthleteEntry) -> None:
    open_with(athlete)
    if st.button(_("All athletes"), icon=":material/arrow_back:"):
        st.query_params.clear()
        st.rerun()
    st.title(escaped(athlete.name), anchor=False)
    about = [say(athlete.level)]
    about += [height_said(athlete.height_m)] if athlete.height_m else []
    about += [mass_said(athlete.mass_kg)] if athlete.mass_kg else []
    st.caption(escaped(" · ".join(about)))
    if athlete.notes:
        st.markdown(escaped(athlete.notes))
    sessions = log.sessions(athlete)
    left, right = st.columns(2, gap="large")
    with left:
        _plan(log, athlete, sessions)
        _tests(athlete, sessions)
    with right:
        _changes(athlete, sessions)
    _sets(sessions, athlete)
    with st.expander(_("Name, height, weight, level, notes")):
        change_athlete(log, athlete)
    with st.expander(escaped(_("Delete {name} permanently", name=athlete.name))):
        _forget(log, athlete)


def _go(label: str, to: str, icon: str) -> None:
    """A button to one of the athlete's other pages."""
    if st.button(label, icon=f":material/{icon}:", key=f"to_{to}"):
        st.switch_page(st.session_state["pages"][to])


def _plan(log: TrainingLog, athlete: AthleteEntry, sessions: list[SessionEntry]) -> None:
    st.markdown("## " + _("Plan"))
    monday = today() - timedelta(days=today().weekday())
    done = weekly_contacts(sessions).get(monday, 0)
    st.markdown(_("This week: **{n}** of at most {cap} contacts", n=done, cap=weekly_cap(athlete.level)))
    coming = next_session(log, athlete, today(), followed=True)
    if coming is None:
        st.caption(_("No session is planned."))
    else:
        words = due_said(coming)
        st.markdown(f"**{escaped(words[0].upper() + words[1:])}**")
        if coming.reason is not None:
            st.caption(escaped(eased_said(coming)))
        st.caption(escaped("; ".join(f"{d.name} {d.said}" for d in coming.drills)))
    _go(_("Open the plan"), "plan", "calendar_month")


def _sets(sessions: list[SessionEntry], athlete: AthleteEntry) -> None:
    st.markdown("## " + _("Latest sets"))
    rows = [(s, x) for s in reversed(sessions) for x in reversed(s.sets)][:LATEST_SETS]
    if rows:
        table([_set_row(s, x, athlete) for s, x in rows])
    else:
        st.caption(_("Nothing is logged yet: a clip is logged from its *Export and save*."))
    _go(_("Open the log"), "log", "edit_note")


def _set_row(session: SessionEntry, x: SetEntry, athlete: AthleteEntry) -> dict[str, Any]:
    first = headline_of(x.drill, set(x.metrics), athlete.headline)
    said = ""
    if first:
        label, value = metric_label(first), x.metrics[first]
        said = f"{label.short} {label.said_with_sd(value.mean, value.sd)}"
    return {
        _("Day"): day(session.day, "MMMd"),
        _("Drill"): x.said,
        _("Reps"): x.reps,
        _("Number"): said,
        _("Faults"): x.faults_said,
    }


def _tests(athlete: AthleteEntry, sessions: list[SessionEntry]) -> None:
    """The latest of each guided test with what it found."""
    st.markdown("## " + _("Tests"))
    latest = {x.protocol: (s, x) for s in sessions for x in s.sets if x.protocol}
    protocols = load_protocols()
    lines = []
    for name, (s, x) in latest.items():
        if name not in protocols:
            continue
        parts = [one for one in s.sets if one.protocol == name and one.drill == x.drill]
        said = f"{say(protocols[name].name)}, {drill_name(x.drill)}, {day(s.day, 'medium')}"
        found = outcome(protocols[name], parts[-len(protocols[name].films) :], sessions, athlete.headline)[:1]
        lines.append(f"- {escaped(': '.join((said, *found)))}")
    st.markdown("\n".join(lines))
    if not latest:
        st.caption(_("No test yet."))
    if REPEAT not in latest:
        st.caption(
            _("The test *Film two sets now* shows how far two sets differ by chance: smaller changes then count.")
        )
    _go(_("Film a test"), "tests", "timer")


def _changes(athlete: AthleteEntry, sessions: list[SessionEntry]) -> None:
    """The headline number of each drill, and what else has changed."""
    st.markdown("## " + _("Changes"))
    shown = page_of([t for t in trends(sessions) if is_followed(t.metric) and len(t.points) > 1], athlete.headline)
    told = [t for t in shown if t.headline or t.beyond_error]
    lines = []
    for t in told:
        label = metric_label(t.metric)
        verdict = changed(t, label).lower() if t.beyond_error else _("no change beyond chance")
        size = _(
            "{change}; chance alone: up to {most}", change=label.signed(t.change), most=label.amount(t.smallest_change)
        )
        lines.append(f"- {escaped(f'{set_said(t.drill, t.side)}, {label.short}: {verdict} ({size})')}")
    st.markdown("\n".join(lines))
    if not told:
        st.caption(_("It takes two measured sets of a drill to see a change."))
    again = reassess_on(sessions)
    if again is not None:
        st.caption(film_again_said(again))
    _go(_("Open progress"), "progress", "trending_up")


def _forget(log: TrainingLog, athlete: AthleteEntry) -> None:
    st.markdown(
        _(
            "Deletes all sessions, saved reports and films, and landmarks, permanently. Export the log first if you "
            "may need it."
        )
    )
    with st.form("forget", border=False, clear_on_submit=True):
        name = st.text_input(_("The athlete's name, to be sure"), max_chars=120)
        if not st.form_submit_button(_("Delete permanently"), icon=":material/delete_forever:"):
            return
    if name.strip() != athlete.name:
        st.error(_("That is not the name: nothing was deleted."))
        return
    try:
        forget(log, athlete)
    except PlumblineError as error:
        st.error(error_markdown(error))
        return
    st.session_state.pop("athlete", None)
    st.query_params.clear()
    st.rerun()
