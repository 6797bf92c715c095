"""The page of progress: trends with their errors, left against right, load, faults."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from plumbline.app._together import Side, differences, film_of, play, sides
from plumbline.app._training import choose_athlete, training_log
from plumbline.log import (
    AthleteEntry,
    SessionEntry,
    Trend,
    drill_name,
    fault_shares,
    first_and_latest,
    kept_clip,
    latest_pairs,
    reassess_on,
    trends,
    week_of,
    week_pdf,
    weekly_contacts,
)
from plumbline.plan import weekly_cap
from plumbline.report import metric_label

ACCENT, INK = "#1f6fb2", "#77808b"


def page() -> None:
    """All that the log says of one athlete."""
    st.title("Progress")
    log = training_log()
    if log is None:
        return
    athlete = choose_athlete(log, "progress_athlete")
    sessions = log.sessions(athlete) if athlete else []
    if athlete is None or not sessions:
        st.info("Nothing is logged yet. Log a measured clip from its *Take away*, or a set by hand on *Log*.")
        return
    again = reassess_on(sessions)
    if again is not None:
        st.caption(f"Film again by {again:%d %b %Y}: four weeks after the last film.")
    _week(athlete, sessions)
    left, right = st.columns([3, 2], gap="large")
    with left:
        _trends(sessions)
    with right:
        _sides(sessions)
        _load(sessions, athlete.level)
        _faults(sessions)


def _trends(sessions: list[SessionEntry]) -> None:
    st.markdown("#### Over time")
    shown = [t for t in trends(sessions) if metric_label(t.metric).headline]
    drills = list(dict.fromkeys((t.drill, t.side) for t in shown))
    if not drills:
        st.info("No measured set yet: log a clip.")
        return
    drill, side = st.selectbox("Drill", drills, format_func=lambda d: _named(*d))
    mine = [t for t in shown if (t.drill, t.side) == (drill, side)]
    metric = st.selectbox("Number", mine, format_func=lambda t: metric_label(t.metric).label)
    st.plotly_chart(_figure(metric), width="stretch", config={"displayModeBar": False})
    st.markdown(_verdict(metric))
    _first_and_latest(sessions, drill, side)


def _named(drill: str, side: str) -> str:
    return drill_name(drill) + ("" if side == "both" else f", {side}")


def _figure(t: Trend) -> Any:
    import plotly.graph_objects as go

    label = metric_label(t.metric)
    x, y = [p.day for p in t.points], [p.mean * label.factor for p in t.points]
    error = {"type": "data", "array": [p.half_width * label.factor for p in t.points]}
    figure = go.Figure(
        go.Scatter(x=x, y=y, error_y=error, mode="lines+markers", marker={"size": 9}, line={"color": ACCENT})
    )
    figure.update_layout(
        height=320,
        margin={"l": 10, "r": 10, "t": 10, "b": 10},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        yaxis_title=label.heading,
    )
    return figure


def _verdict(t: Trend) -> str:
    label = metric_label(t.metric)
    if len(t.points) < 2:
        return "One set so far: a second one shows a change."
    best = t.best
    words = (
        f"Changed by **{label.number(t.change)} {label.unit}** since the first set; "
        f"{label.number(t.smallest_change)} are needed to be beyond measurement error: "
        + ("**a real change**." if t.beyond_error else "no change that can be told from error.")
    )
    return words + (f" Best: {label.number(best.mean)} on {best.day:%d %b %Y}." if best else "")


def _sides(sessions: list[SessionEntry]) -> None:
    pairs = latest_pairs(sessions)
    if pairs:
        st.markdown("#### Left against right")
    for drill, (left, right) in pairs.items():
        sides(drill, left, right)


def _first_and_latest(sessions: list[SessionEntry], drill: str, side: str) -> None:
    """Both clips' numbers, and their films where they were kept with the log."""
    found = first_and_latest(sessions, drill, side)
    if not found or not st.toggle("First against latest clip"):
        return
    clips = [(day, kept_clip(entry)) for day, entry in found]
    films: list[dict[str, Any] | None] = []
    for k, ((day, clip), column) in enumerate(zip(clips, st.columns(2, gap="medium"), strict=True)):
        with column:
            if clip is None:
                st.caption(f"{day:%d %b %Y}: the clip was not kept, its numbers were.")
                films.append(None)
            else:
                films.append(film_of(Side(f"kept{k}", f"{day:%d %b %Y}", clip.report, clip.film)))
    play(films, "pair_kept")
    differences(*found)


def _week(athlete: AthleteEntry, sessions: list[SessionEntry]) -> None:
    """The athlete's week for paper."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        day = st.date_input("Week of", date.today())
        week = week_of(sessions, day, weekly_cap(athlete.level))
        st.download_button(
            "The week as PDF",
            lambda: week_pdf(athlete, week),
            f"week_{week.monday}.pdf",
            "application/pdf",
            icon=":material/download:",
            on_click="ignore",
        )


def _load(sessions: list[SessionEntry], level: str) -> None:
    import plotly.graph_objects as go

    weeks = weekly_contacts(sessions)
    cap = weekly_cap(level)
    st.markdown("#### Contacts a week")
    figure = go.Figure(go.Bar(x=list(weeks), y=list(weeks.values()), marker_color=ACCENT))
    figure.add_hline(y=cap, line_dash="dash", line_color=INK, annotation_text=f"cap {cap}")
    figure.update_layout(height=220, margin={"l": 10, "r": 10, "t": 10, "b": 10}, paper_bgcolor="rgba(0,0,0,0)")
    st.plotly_chart(figure, width="stretch", config={"displayModeBar": False})
    over = [f"{monday:%d %b}" for monday, contacts in weeks.items() if contacts > cap]
    if over:
        st.warning(f"Over the cap in the week of {', '.join(over)}.", icon=":material/warning:")


def _faults(sessions: list[SessionEntry]) -> None:
    shares = {k: v for k, v in fault_shares(sessions).items() if v and any(share for _, share in v)}
    if not shares:
        return
    st.markdown("#### Faults")
    st.dataframe(
        [
            {"Fault": k, "First": f"{100 * v[0][1]:.0f} %", "Latest": f"{100 * v[-1][1]:.0f} %", "Films": len(v)}
            for k, v in shares.items()
        ],
        hide_index=True,
    )
