"""Two measured clips side by side: films on one clock, and the differences beyond their errors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from plumbline.app._components import pair
from plumbline.app._words import escaped
from plumbline.catalogue import metric_label
from plumbline.log import Asymmetry, DatedSet, SessionEntry, asymmetries, between, drill_name, page_of
from plumbline.report import Report

BEFORE_S, AFTER_S = 0.4, 0.8


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
    seek_s = {r.index: r.seek_s for r in side.report.reps}
    if not seek_s:
        st.markdown(f"**{escaped(side.name)}**: no reps")
        return None
    rep = st.selectbox(f"{escaped(side.name)}: rep", list(seek_s), key=f"rep_of_{side.key}")
    if side.film is None:
        return None
    with st.container(key=f"film_{side.key}"):
        st.video(str(side.film))
    # The middle of the frame that is nearest to touchdown.
    zero_s = clip.film_s(seek_s[rep]) + 0.5 / clip.container_fps
    body = side.body(seek_s[rep]) if side.body is not None else None
    return {"key": f"film_{side.key}", "zero_s": zero_s, "body": body}


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
                    "Metric": label.label,
                    "First": label.said_with_sd(a.mean, a.sd),
                    "Second": label.said_with_sd(b.mean, b.sd),
                    "Change": f"{label.number(t.change)} {label.unit}",
                    "Verdict": "changed" if t.beyond_error else "no clear change",
                }
            )
    if not rows:
        st.info("The two clips have no metric in common: choose two clips of one drill.")
        return
    st.markdown("## What has changed")
    st.dataframe(rows, hide_index=True, width="stretch")
    days = "" if first[0] == second[0] else ", and more than an athlete differs from day to day"
    st.caption(
        "Means over the reps ± standard uncertainty. Changed = more than measurement error explains"
        f"{days}; of all rows together, chance calls one changed in 5 % of comparisons at most."
        + (f" Chance in the headline number: {escaped(chance)}." if chance and first[0] != second[0] else "")
    )
    legs = {entry.side: entry for _, entry in (first, second)}
    if first[1].drill == second[1].drill and set(legs) == {"left", "right"}:
        st.markdown("## Left against right")
        sides(first[1].drill, asymmetries([legs["left"]], [legs["right"]], sessions))


def sides(drill: str, found: list[Asymmetry]) -> None:
    """The clear differences between the legs in one drill, over one day or several."""
    days = max((a.days for a in found), default=1)
    st.markdown(f"**{escaped(drill_name(drill))}**" + (f", {days} days together" if days > 1 else ""))
    clear = [a for a in found if a.clear]
    for a in clear:
        label = metric_label(a.metric)
        weak = f", the {a.weaker} does worse" if a.weaker else ""
        st.markdown(
            f"- {label.label}: left {label.number(a.left)}, right {label.number(a.right)} {label.unit} "
            f"({a.pct:+.0f} ± {a.half_width:.0f} %{weak})"
        )
    if not clear:
        more = "" if days > 2 else " Both legs on more days tell smaller ones."
        st.caption(f"No difference that is surely above 10 %.{more}")
    else:
        st.caption("± is the 95 % interval, with how a leg differs by chance from set to set.")
