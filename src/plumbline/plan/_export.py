"""A plan as a calendar, a table, and a page to print."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path

from icalendar import Calendar, Component, Event

from plumbline.errors import OutputError
from plumbline.files import read_document
from plumbline.language import _, ngettext
from plumbline.names import name_key
from plumbline.pages import page_template
from plumbline.plan._plan import Plan, PlannedSession
from plumbline.tables import safe_cell

# More than any plan has.
MOST_SESSIONS = 1000


def eased_said(session: PlannedSession) -> str:
    """How much of `session` is left, and why; "" where it is as it was planned."""
    if session.reason is None:
        return ""
    return _("Scaled back to {share:.0%}: {reason}.", share=session.share, reason=session.reason.said)


def _words(session: PlannedSession) -> str:
    lines = [f"{d.name}: {d.said}" for d in session.drills]
    if session.contacts:
        lines.append(ngettext("{n} contact", "{n} contacts", session.contacts))
    if session.reason is not None:
        lines.insert(0, eased_said(session))
    return "\n".join(lines)


def plan_ics(plan: Plan, athlete: str = "", earlier: bytes | None = None, revision: int = 0) -> bytes:
    """The plan as whole-day events (iCalendar), which have no time zone: they lie on their day everywhere.

    An athlete's sessions are counted, and each keeps its UID from plan to plan: a calendar that reads a
    newer plan moves what has moved. With the earlier file at hand, what falls away is cancelled.

    Parameters
    ----------
    plan : Plan
    athlete : str
        Stands in the titles, and keeps several athletes' plans apart.
    earlier : bytes, optional
        The calendar file that this one takes the place of.
    revision : int
        How often the plan was changed since it was made; a calendar keeps the newest.

    Returns
    -------
    bytes
        An iCalendar file's content.

    References
    ----------
    RFC 5545, 3.8.7.4 (SEQUENCE) and 3.8.1.11 (STATUS).
    """
    before = _events(earlier)
    calendar = Calendar()
    calendar.add("prodid", "-//Plumbline//plan//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", ": ".join(filter(None, (athlete, plan.title.said))))
    now = datetime.now(timezone.utc).replace(microsecond=0)
    whose = athlete or f"{plan.title.message} {plan.sessions[0].day}"
    for number, session in enumerate(plan.sessions, 1):
        uid = _uid(whose, number)
        event = Event()
        event.add("summary", ": ".join(filter(None, (athlete, session.title.said))))
        event.add("description", _words(session))
        event.add("dtstart", session.day)
        event.add("dtend", session.day + timedelta(days=1))
        event.add("dtstamp", now)
        event.add("uid", uid)
        event.add("sequence", _next(before.pop(uid, None)) + revision)
        calendar.add_component(event)
    # Of several athletes' plans in one file only this one's sessions are taken back.
    own = {_uid(whose, number) for number in range(1, MOST_SESSIONS)}
    for uid, old in before.items():
        if uid in own:
            _cancel(old, now)
        calendar.add_component(old)
    return bytes(calendar.to_ical())


def earlier_calendar(file: Path) -> bytes | None:
    """The calendar that a file of results holds from before, for `plan_ics`; None where there is none.

    Parameters
    ----------
    file : Path

    Returns
    -------
    bytes or None

    Raises
    ------
    OutputError
        When it holds what no plan of Plumbline's wrote, which would be lost.
    """
    if not file.is_file():
        return None
    content = read_document(file)
    try:
        foreign = any(not _ours(e) for e in Calendar.from_ical(content).walk("VEVENT")) if content else False
    except ValueError:
        foreign = True
    if foreign:
        raise OutputError(
            "{file} is not a plan of Plumbline's and would be overwritten: choose another folder.", file=file
        )
    return content


def _uid(athlete: str, number: int) -> str:
    return sha256(f"{name_key(athlete)} {number}".encode()).hexdigest()[:32] + "@plumbline"


def _events(calendar: bytes | None) -> dict[str, Event]:
    """The events of a calendar file by their UIDs; none where it is no calendar of ours."""
    try:
        found = Calendar.from_ical(calendar).walk("VEVENT") if calendar else []
    except ValueError:
        return {}
    return {str(e["uid"]): e for e in found if isinstance(e, Event) and _ours(e)}


def _ours(event: Component) -> bool:
    return str(event.get("uid", "")).endswith("@plumbline")


def _next(old: Event | None) -> int:
    """The revision after an event's; the first where it says none that can be read."""
    try:
        return 0 if old is None else int(old.get("sequence", 0)) + 1
    except (TypeError, ValueError):
        return 0


def _cancel(event: Event, now: datetime) -> None:
    if str(event.get("status", "")) == "CANCELLED":
        return
    revision = _next(event)
    for name, value in (("sequence", revision), ("status", "CANCELLED"), ("dtstamp", now)):
        event.pop(name, None)
        event.add(name, value)


def plan_csv(plan: Plan) -> str:
    """A row a drill of `plan`."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["day", "week", "session", "phase", "drill", "name", "dose", "contacts", "scaled", "reason"])
    for s in plan.sessions:
        for d in s.drills:
            head = [s.day.isoformat(), s.week, s.title.said, s.phase]
            row = [*head, d.drill, d.name, d.dose, d.contacts, s.share, s.reason.said if s.reason else ""]
            writer.writerow([safe_cell(x) for x in row])
    return out.getvalue()


def plan_html(plan: Plan, athlete: str = "", done: frozenset[date] = frozenset()) -> str:
    """A plan as one page to print, without anything from elsewhere.

    Parameters
    ----------
    plan : Plan
    athlete : str
        The name at its head, if any.
    done : frozenset of date, optional
        Days whose session was done: they are ticked.

    Returns
    -------
    str
    """
    template = page_template("plan.html.j2", trim_blocks=True, lstrip_blocks=True)
    return template.render(plan=plan, athlete=athlete, done=done, eased_said=eased_said)
