"""Two measured clips side by side: films on one clock, and the differences beyond their errors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from plumbline.app._components import pair
from plumbline.app._words import escaped
from plumbline.catalogue import metric_label
from plumbline.log import DatedSet, SetEntry, asymmetries, between, drill_name, page_of
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
    zero_s = seek_s[rep] * clip.capture_fps / clip.container_fps + 0.5 / clip.container_fps
    body = side.body(seek_s[rep]) if side.body is not None else None
    return {"key": f"film_{side.key}", "zero_s": zero_s, "body": body}


def play(films: list[dict[str, Any] | None], key: str) -> None:
    """Controls that play both films from touchdown, where both are there."""
    there = [f for f in films if f is not None]
    if len(there) == len(films):
        pair(there, BEFORE_S, AFTER_S, key)


def differences(first: DatedSet, second: DatedSet) -> None:
    """What both sets have in common and which differences are larger than chance makes them.

    Sets of different days also differ by the athlete's daily form.
    """
    rows = []
    for t in page_of(between(first, second)):
        label, (a, b) = metric_label(t.metric), t.points
        if label.headline:
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
    )
    legs = {entry.side: entry for _, entry in (first, second)}
    if first[1].drill == second[1].drill and set(legs) == {"left", "right"}:
        st.markdown("## Left against right")
        sides(first[1].drill, legs["left"], legs["right"])


def sides(drill: str, left: SetEntry, right: SetEntry) -> None:
    """The clear differences between the legs in one drill."""
    clear = [a for a in asymmetries(left, right) if a.clear]
    st.markdown(f"**{escaped(drill_name(drill))}**")
    for a in clear:
        label = metric_label(a.metric)
        weak = f", the {a.weaker} does worse" if a.weaker else ""
        st.markdown(
            f"- {label.label}: left {label.number(a.left)}, right {label.number(a.right)} {label.unit} "
            f"({a.pct:+.0f} ± {a.sd_pct:.0f} %{weak})"
        )
    if not clear:
        st.caption("No difference beyond measurement error.")
