"""How the reader's place writes dates, heights and weights, and which day it is there."""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st
from babel.dates import format_time, get_date_format

from plumbline.body import FOOT_IN, HEAVIEST_KG, INCH_M, LIGHTEST_KG, POUND_KG, SHORTEST_M, TALLEST_M
from plumbline.language import _, number, place

# Where bodies are measured in feet, inches and pounds (Unicode CLDR, measurement system US; Liberia, Myanmar).
IN_FEET = ("US", "LR", "MM")


def today() -> date:
    """The day it is where the reader is."""
    return datetime.now(_zone()).date()


def clock(when: datetime) -> str:
    """The time of day of an instant where the reader is, as their language writes it."""
    return format_time(when.astimezone(_zone()).time(), "short", locale=place())


def _zone() -> tzinfo | None:
    """The reader's time zone; None, for this machine's, where the browser does not say."""
    try:
        return ZoneInfo(st.context.timezone or "")
    except (ZoneInfoNotFoundError, ValueError):
        return None


def date_input(where: Any, label: str, day: date | None, **more: Any) -> Any:
    """A field for a day, written as the reader's place does."""
    return where.date_input(label, day, format=date_order(get_date_format("short", place()).pattern), **more)


def date_order(pattern: str) -> str:
    """Streamlit's pattern that is nearest to one of Unicode's, such as "dd/MM/y"."""
    letters = [c for c in dict.fromkeys(pattern) if c in "dMy"]
    sign = next((c for c in pattern if c in "/.-"), "/")
    parts = {"d": "DD", "M": "MM", "y": "YYYY"}
    order = sign.join(parts[c] for c in letters)
    return order if order.replace(sign, "") in ("DDMMYYYY", "MMDDYYYY", "YYYYMMDD") else "YYYY/MM/DD"


def axis_dates() -> str:
    """How a day stands on an axis: day and month as numbers, in the place's order (d3-time-format)."""
    pattern = get_date_format("short", place()).pattern
    sign = next((c for c in pattern if c in "/.-"), "/")
    return sign.join("%-d" if c == "d" else "%-m" for c in dict.fromkeys(pattern) if c in "dM")


def in_feet() -> bool:
    """Whether the reader's place measures bodies in feet and pounds."""
    return (st.context.locale or "").partition("-")[2].upper() in IN_FEET


def feet(inches: int) -> str:
    """A height in feet and inches."""
    return f"{inches // FOOT_IN} ft {inches % FOOT_IN} in"


def height_said(height_m: float) -> str:
    """A body height with its unit."""
    return feet(round(height_m / INCH_M)) if in_feet() else f"{100 * height_m:.0f} cm"


def mass_said(mass_kg: float) -> str:
    """A body weight with its unit."""
    return f"{mass_kg / POUND_KG:.0f} lb" if in_feet() else f"{number(mass_kg, '.4g')} kg"


def height_input(where: Any, known_m: float | None, **more: Any) -> float | None:
    """A field for the body height, which may stay empty; in metres.

    Parameters
    ----------
    where : container
    known_m : float or None
        What is known of it, which rounding to the field's steps does not change.
    more
        `key` and `help` of the field.
    """
    given: int | None
    if in_feet():
        steps = list(range(round(SHORTEST_M / INCH_M), round(TALLEST_M / INCH_M) + 1))
        before = round(known_m / INCH_M) if known_m else None
        at = steps.index(before) if before else None
        given = where.selectbox(_("Height"), steps, at, format_func=feet, placeholder=_("not given"), **more)
        size_m = INCH_M
    else:
        before = round(100 * known_m) if known_m else None
        least, most = round(100 * SHORTEST_M), round(100 * TALLEST_M)
        given = where.number_input(_("Height, cm"), least, most, before, placeholder=_("not given"), **more)
        size_m = 0.01
    if given is None or given == before:
        return known_m if given else None
    return min(max(given * size_m, SHORTEST_M), TALLEST_M)  # the steps at either end are rounded


def mass_input(where: Any, known_kg: float | None, **more: Any) -> float | None:
    """A field for the body weight, which may stay empty; in kilograms."""
    unit_kg, label, step = (POUND_KG, _("Body weight, lb"), 1.0) if in_feet() else (1.0, _("Body weight, kg"), 0.5)
    before = round(known_kg / unit_kg, 1) if known_kg else None
    given = where.number_input(
        label,
        round(LIGHTEST_KG / unit_kg, 1),
        round(HEAVIEST_KG / unit_kg, 1),
        before,
        step=step,
        format="%.1f",
        placeholder=_("not given"),
        **more,
    )
    if given is None or given == before:
        return known_kg if given else None
    return min(max(given * unit_kg, LIGHTEST_KG), HEAVIEST_KG)  # the limits are rounded
