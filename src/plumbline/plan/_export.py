"""A plan as a calendar, a table, and a page to print."""

from __future__ import annotations

import csv
import io
from datetime import datetime, timedelta, timezone
from hashlib import sha256

from icalendar import Calendar, Event
from jinja2 import Environment, FileSystemLoader

from plumbline.plan._plan import Plan, PlannedSession
from plumbline.resources import DATA


def _words(session: PlannedSession) -> str:
    lines = [f"{d.name}: {d.dose}" for d in session.drills]
    if session.contacts:
        lines.append(f"{session.contacts} contacts")
    if session.reason:
        lines.insert(0, f"Scaled back to {session.share:.0%}: {session.reason}.")
    return "\n".join(lines)


def plan_ics(plan: Plan) -> bytes:
    """The plan as whole-day events (iCalendar)."""
    calendar = Calendar()
    calendar.add("prodid", "-//Plumbline//plan//EN")
    calendar.add("version", "2.0")
    for session in plan.sessions:
        event = Event()
        event.add("summary", session.title)
        event.add("description", _words(session))
        event.add("dtstart", session.day)
        event.add("dtend", session.day + timedelta(days=1))
        event.add("dtstamp", datetime(session.day.year, session.day.month, session.day.day, tzinfo=timezone.utc))
        # The same session keeps its name, so that a calendar that reads a newer plan replaces it.
        event.add("uid", sha256(f"{plan.title} {session.day} {session.kind}".encode()).hexdigest()[:32] + "@plumbline")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def plan_csv(plan: Plan) -> str:
    """A row a drill."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["day", "week", "session", "phase", "drill", "name", "dose", "contacts", "scaled", "reason"])
    for s in plan.sessions:
        for d in s.drills:
            head = [s.day.isoformat(), s.week, s.title, s.phase]
            writer.writerow([*head, d.drill, d.name, d.dose, d.contacts, s.share, s.reason])
    return out.getvalue()


def plan_html(plan: Plan) -> str:
    """One page to print, without anything from elsewhere."""
    environment = Environment(loader=FileSystemLoader(DATA), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return environment.get_template("plan.html.j2").render(plan=plan)
