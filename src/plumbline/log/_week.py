"""An athlete's week: what was done, what changed, what to work on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from plumbline.catalogue import load_drills, metric_label
from plumbline.faults import reps_to_call
from plumbline.language import _, ngettext, number, say
from plumbline.language import day as day_said
from plumbline.log._asymmetry import Asymmetry, leg_pairs, pooled
from plumbline.log._by_day import FaultDay, fault_days, film_again_said, reassess_on, weekly_contacts
from plumbline.log._entries import AthleteEntry, SessionEntry, drill_name, set_said
from plumbline.log._progress import Trend, is_followed, page_of, trends
from plumbline.request import Limits

if TYPE_CHECKING:
    from plumbline.report.paper import Paper


@dataclass(frozen=True)
class Week:
    """What the log says of one week.

    Attributes
    ----------
    monday : date
    sessions : tuple of SessionEntry
    contacts, cap : int
    changes : tuple of Trend
        Metrics measured this week that have changed beyond error since the first film.
    unchanged : int
        How many others were measured again.
    faults : tuple of (label, that day, the filmed day before or None, cue)
        Of the week's last filmed day, and of the filmed day before it.
    sides : dict of drill to tuple of Asymmetry
        Differences between the legs that are clear.
    film_again : date or None
    """

    monday: date
    sessions: tuple[SessionEntry, ...]
    contacts: int
    cap: int
    changes: tuple[Trend, ...]
    unchanged: int
    faults: tuple[tuple[str, FaultDay, FaultDay | None, str], ...]
    sides: dict[str, tuple[Asymmetry, ...]]
    film_again: date | None


def week_of(
    sessions: list[SessionEntry],
    day: date,
    cap: int,
    headline: dict[str, str] | None = None,
    limits: Limits | None = None,
) -> Week:
    """What the log says of the week that a day lies in, from sessions up to its end.

    Parameters
    ----------
    sessions : list of SessionEntry
        All of the athlete's.
    day : date
    cap : int
        Contacts a week that the athlete's level allows.
    headline : dict of drill to metric, optional
        The coach's headline metrics.
    limits : Limits, optional
        The coach's own: how many reps make a fault of the set, and what to say.

    Returns
    -------
    Week
    """
    monday = day - timedelta(days=day.weekday())
    known = [s for s in sessions if s.day < monday + timedelta(days=7)]
    mine = tuple(s for s in known if s.day >= monday)
    again = [t for t in trends(known) if len(t.points) > 1 and t.points[-1].day >= monday]
    again = page_of([t for t in again if is_followed(t.metric)], headline)
    return Week(
        monday=monday,
        sessions=mine,
        contacts=weekly_contacts(known).get(monday, 0),
        cap=cap,
        changes=tuple(t for t in again if t.beyond_error),
        unchanged=sum(not t.beyond_error for t in again),
        faults=_faults(known, monday, limits or Limits.load()),
        sides=_sides(known),
        film_again=reassess_on(known),
    )


def _faults(
    sessions: list[SessionEntry], monday: date, limits: Limits
) -> tuple[tuple[str, FaultDay, FaultDay | None, str], ...]:
    """What the last filmed day had on enough reps to be of the set; what a rep or two had is chance."""
    week = [x for s in sessions if s.day >= monday for x in s.sets]
    found = []
    for label, days in fault_days(sessions).items():
        if days and days[-1].day >= monday and _is_of_the_day(days[-1], limits):
            before = days[-2] if len(days) > 1 else None
            drills = {x.drill for x in week if any(f.label == label for f in x.faults.values())}
            found.append((label, days[-1], before, _cue(label, drills, limits)))
    return tuple(sorted(found, key=lambda f: -f[1].share))


def _is_of_the_day(on: FaultDay, limits: Limits) -> bool:
    m = limits.measuring
    return on.faulty >= reps_to_call(on.reps, round(m.fault_reps), m.fault_share_of_few)


def _cue(label: str, drills: set[str], limits: Limits) -> str:
    """The cue of a fault in the drills that were done."""
    known = [d for d in (load_drills().get(name) for name in sorted(drills)) if d is not None]
    rules = [rule for rule in limits.rules if rule.label == label]
    for drill in known:
        for rule in rules:
            if rule.judges(drill):
                return rule.cue
    return rules[0].cue if rules else ""


def _sides(sessions: list[SessionEntry]) -> dict[str, tuple[Asymmetry, ...]]:
    clear = {drill: tuple(a for a in pooled(sessions, drill) if a.clear) for drill in leg_pairs(sessions)}
    return {drill: found for drill, found in clear.items() if found}


def week_pdf(athlete: AthleteEntry, week: Week, planned: str = "") -> bytes:
    """The week on one or two pages, for the athlete.

    Parameters
    ----------
    athlete : AthleteEntry
    week : Week
    planned : str
        The next session of the athlete's plan, in words; empty without one.

    Returns
    -------
    bytes
        A PDF file's content.
    """
    from plumbline.report.paper import Paper

    page = Paper(_("{name}, week of {day}", name=athlete.name, day=day_said(week.monday, "medium")))
    page.say(athlete.name, 15, "B")
    last = week.monday + timedelta(days=6)
    page.say(
        _("Week of {first} to {last}", first=day_said(week.monday, "MMMd"), last=day_said(last, "medium")),
        9.5,
        "",
        "soft",
    )
    said = _("{n} of at most {cap} ground contacts.", n=week.contacts, cap=week.cap)
    over = week.contacts > week.cap
    if over:
        said += " " + _("{n} above the cap.", n=week.contacts - week.cap)
    page.say(said, 10, "B" if over else "")
    _work_on(page, week)
    _done(page, week)
    _changed(page, week)
    _legs(page, week)
    if planned or week.film_again is not None:
        page.heading(_("Next"))
    if planned:
        page.say(planned)
    if week.film_again is not None:
        page.say(film_again_said(week.film_again))
    return bytes(page.output())


def _work_on(page: Paper, week: Week) -> None:
    if not any(x.source == "film" for s in week.sessions for x in s.sets):
        return
    page.heading(_("What to work on"))
    for label, now, before, cue in week.faults:
        page.say(f"! {say(label)}: {say(cue)}", 10, "B", "fault")
        said = _("On {n} of {of} filmed reps.", n=now.faulty, of=now.reps)
        if before is not None:
            said += " " + _("Last time: {n} of {of}.", n=before.faulty, of=before.reps)
        page.say(said, 9, "", "soft")
    if not week.faults:
        page.say(_("No fault on enough reps to work on."))


def _done(page: Paper, week: Week) -> None:
    page.heading(_("What was done"))
    if not week.sessions:
        page.say(_("Nothing is logged this week."))
        return
    rows = [[_("Day"), _("Drill"), _("Reps"), _("Contacts"), _("Effort"), _("Discomfort")]]
    for s in week.sessions:
        effort = "" if s.effort is None else number(s.effort, "g")
        hurt = ", ".join(f"{d.where} {d.score}/10" for d in s.discomfort)
        first = [day_said(s.day, "MMMEd"), effort, hurt]
        for x in s.sets or (None,):
            what = [say(s.kind), "", ""] if x is None else [x.said, str(x.reps), str(x.contacts or "")]
            rows.append([first[0], *what, *first[1:]])
            first = ["", "", ""]
    page.grid(rows, (24, 62, 16, 20, 16, 42))
    for s in week.sessions:
        if s.notes:
            page.say(f"{day_said(s.day, 'MMMEd')}: {s.notes}", 9, "", "soft")


def _changed(page: Paper, week: Week) -> None:
    if not week.changes and not week.unchanged:
        return
    page.heading(_("What has changed since the first film"))
    if week.changes:
        rows = [[_("Drill"), _("Number"), _("First"), _("Now"), _("Change"), _("Chance up to")]]
        for t in week.changes:
            label = metric_label(t.metric)
            cells = [*map(label.number, t.ends), label.signed(t.change), label.amount(t.smallest_change)]
            rows.append([set_said(t.drill, t.side), ", ".join(filter(None, (label.label, label.unit))), *cells])
        page.grid(rows, (42, 52, 18, 18, 25, 25))
    if week.unchanged:
        said = ngettext(
            "{n} number did not change beyond its error.",
            "{n} numbers did not change beyond their error.",
            week.unchanged,
        )
        page.say(said, 9, "", "soft")


def _legs(page: Paper, week: Week) -> None:
    if not week.sides:
        return
    page.heading(_("Left against right"))
    for drill, found in week.sides.items():
        for a in found:
            page.say(f"{drill_name(drill)}, {a.said}")
