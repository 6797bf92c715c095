"""Two measured clips side by side: films on one clock, and the differences beyond their errors."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from plumbline.app._components import pair
from plumbline.app._words import escaped, table
from plumbline.catalogue import metric_label
from plumbline.language import _
from plumbline.log import Asymmetry, DatedSet, SessionEntry, asymmetries, between, drill_name, page_of, worth_pct
from plumbline.report import Report

BEFORE_S, AFTER_S, STEP_S = 0.4, 0.8, 0.05


@dataclass(frozen=True)
class Side:
    """One of two clips.

    Attributes
    ----------
    key : str
        Part of the keys of its widgets.
    name : str
    report : Report
    film : Path or None
        The annotated film, None where there is none.
    body : callable, optional
        Gives where the athlete stands in the film at an instant, as `ClipJob.pose_at`.
    """

    key: str
    name: str
    report: Report
    film: Path | None
    body: Callable[[float], dict[str, float] | None] | None = None


def film_of(side: Side) -> dict[str, Any] | None:
    """Show a clip with a choice of its reps; what the player needs to know of it, None without film or reps."""
    clip = side.report.clip
    zero_s = {r.index: r.zero_s for r in side.report.reps}
    if not zero_s:
        st.markdown(_("**{name}**: no reps", name=escaped(side.name)))
        return None
    rep = st.selectbox(_("{name}: rep", name=escaped(side.name)), list(zero_s), key=f"rep_of_{side.key}")
    if side.film is None:
        return None
    with st.container(key=f"film_{side.key}"):
        st.video(str(side.film))
    touch_s = clip.film_s(zero_s[rep])
    # The middle of the first frame with the foot on the floor.
    shown_s = (math.ceil(touch_s * clip.container_fps - 1e-6) + 0.5) / clip.container_fps
    offsets = [round(k * STEP_S - BEFORE_S, 3) for k in range(round((BEFORE_S + AFTER_S) / STEP_S) + 1)]
    way = [[offset, round(clip.film_s(zero_s[rep] + offset) - touch_s + shown_s, 4)] for offset in offsets]
    body = side.body(zero_s[rep]) if side.body is not None else None
    return {"key": f"film_{side.key}", "way": way, "body": body}


def play(films: list[dict[str, Any] | None], key: str) -> None:
    """Controls that play both films from touchdown, where both are there."""
    there = [f for f in films if f is not None]
    if len(there) == len(films):
        pair(there, BEFORE_S, AFTER_S, key)


def differences(
    first: DatedSet, second: DatedSet, sessions: Sequence[SessionEntry] = (), headline: dict[str, str] | None = None
) -> None:
    """What both sets have in common and which differences are larger than chance makes them.

    Sets of different days also differ by the athlete's daily form. With what is logged of the athlete, their
    own typical error counts, and the coach's headline metric is tested first.
    """
    rows, chance = [], ""
    for t in page_of(between(first, second, sessions), headline):
        label, (a, b) = metric_label(t.metric), t.points
        if label.headline:
            chance = t.variation.said(label) if t.headline else chance
            rows.append(
                {
                    _("Metric"): label.short,
                    _("First"): label.said_with_sd(a.mean, a.sd),
                    _("Second"): label.said_with_sd(b.mean, b.sd),
                    _("Change, 95 %"): f"{label.signed(t.change)} ± {label.number(t.smallest_change)}",
                    _("Verdict"): _("changed") if t.beyond_error else _("no clear change"),
                }
            )
    if not rows:
        st.info(_("The two clips have no metric in common: choose two clips of one drill."))
        return
    st.markdown("## " + _("What has changed"))
    names = [drill_name(entry.drill) for _day, entry in (first, second)]
    if names[0] != names[1]:
        words = _(
            "Two different drills, {first} and {second}: what differs may be the drill.",
            first=names[0],
            second=names[1],
        )
        st.warning(escaped(words), icon=":material/warning:")
    table(rows)
    days = "" if first[0] == second[0] else _(", and more than an athlete differs from day to day")
    about = _(" Chance in the headline number: {chance}.", chance=escaped(chance)) if chance and days else ""
    st.caption(
        _(
            "Means over the reps ± standard uncertainty; the change ± what can be chance (95 %). Changed = more than "
            "measurement error explains{days}. Where nothing has changed, at most 1 comparison in 20 shows a change.",
            days=days,
        )
        + about
    )
    legs = {entry.side: entry for _name, entry in (first, second)}
    if first[1].drill == second[1].drill and set(legs) == {"left", "right"}:
        found = asymmetries([legs["left"]], [legs["right"]], sessions)
        if found:
            st.markdown("## " + _("Left against right"))
            sides(first[1].drill, found)


def sides(drill: str, found: list[Asymmetry]) -> None:
    """The clear differences between the legs in one drill, over one day or several."""
    days = max((a.days for a in found), default=1)
    st.markdown(f"**{escaped(drill_name(drill))}**" + (_(", {n} days together", n=days) if days > 1 else ""))
    clear = [a for a in found if a.clear]
    for a in clear:
        st.markdown(f"- {escaped(a.said)}")
    if not clear:
        more = "" if days > 2 else _(" Film both legs on more days to find smaller ones.")
        st.caption(_("No difference that is clearly above {worth:g} %.", worth=worth_pct()) + more)
    else:
        st.caption(_("± is the 95 % interval, with how a leg differs by chance from set to set."))
