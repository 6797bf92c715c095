"""The page of progress: trends with their errors, left against right, load, faults."""

from __future__ import annotations

from typing import Any

import streamlit as st

from plumbline.app._local import axis_dates, date_input, today
from plumbline.app._session import limits_in_force
from plumbline.app._together import Side, differences, film_of, play, sides
from plumbline.app._training import ACCENT, INK, choose_athlete, training_log, weeks_chart
from plumbline.app._words import error_markdown, escaped, table
from plumbline.catalogue import MetricLabel, metric_label
from plumbline.errors import PlumblineError
from plumbline.language import _, current, day, say, speaking
from plumbline.log import (
    AthleteEntry,
    FaultDay,
    SessionEntry,
    TrainingLog,
    Trend,
    fault_days,
    film_again_said,
    first_and_latest,
    headline_of,
    is_followed,
    kept_clip,
    leg_pairs,
    page_of,
    pooled,
    reassess_on,
    set_said,
    target_said,
    trends,
    week_of,
    week_pdf,
    weekly_contacts,
)
from plumbline.plan import next_session, weekly_cap
from plumbline.request import Limits


def page() -> None:
    """All that the log says of one athlete."""
    st.title(_("Progress"))
    log = training_log()
    if log is None:
        return
    athlete = choose_athlete(log, "progress_athlete")
    sessions = log.sessions(athlete) if athlete else []
    if athlete is None or not sessions:
        st.info(_("Nothing is logged yet. Log a measured clip from its *Export and save*, or a set by hand on *Log*."))
        return
    again = reassess_on(sessions)
    if again is not None:
        st.caption(film_again_said(again))
    _week(log, athlete, sessions)
    left, right = st.columns([3, 2], gap="large")
    with left:
        chosen = _trends(log, athlete, sessions)
    with right:
        _sides(sessions)
        _load(sessions, athlete.level)
        _faults(sessions)
    if chosen is not None:
        _first_and_latest(sessions, *chosen, athlete.headline)


def _trends(log: TrainingLog, athlete: AthleteEntry, sessions: list[SessionEntry]) -> tuple[str, str] | None:
    """One number over time; the drill and side that were chosen, None where nothing was measured."""
    st.markdown("## " + _("Over time"))
    shown = [t for t in trends(sessions) if is_followed(t.metric)]
    drills = list(dict.fromkeys((t.drill, t.side) for t in shown))
    if not drills:
        st.info(_("No measured set yet: log a clip."))
        return None
    drill, side = st.selectbox(_("Drill"), drills, format_func=lambda d: set_said(*d))
    mine = page_of([t for t in shown if (t.drill, t.side) == (drill, side)], athlete.headline)
    names = [t.metric for t in mine]
    first = headline_of(drill, set(names), athlete.headline)
    a, b = st.columns([3, 1], vertical_alignment="bottom")
    name = a.selectbox(
        _("Number"), names, names.index(first) if first else 0, format_func=lambda n: metric_label(n).label
    )
    if name != first and b.button(
        _("Make it the headline"), help=_("The number you follow this drill by is tested first.")
    ):
        log.save_athlete(athlete.model_copy(update={"headline": athlete.headline | {drill: name}}))
        st.rerun()
    metric = mine[names.index(name)]
    if len(metric.points) > 1:
        st.plotly_chart(_figure(metric), width="stretch", config={"displayModeBar": False})
    else:  # one set is a number, not a course
        label, only = metric_label(metric.metric), metric.points[0]
        st.metric(label.label, label.said_with_sd(only.mean, only.sd))
        st.caption(escaped(day(only.day, "medium")))
    st.markdown(_verdict(metric))
    if target := target_said(metric, athlete.level):
        st.caption(escaped(target))
    return drill, side


def _figure(t: Trend) -> Any:
    import plotly.graph_objects as go

    label = metric_label(t.metric)
    x, y = [p.day for p in t.points], [p.mean * label.factor for p in t.points]
    error = {"type": "data", "array": [p.half_width * label.factor for p in t.points]}
    figure = go.Figure(go.Scatter(x=x, y=y, error_y=error, mode="markers", marker={"size": 9, "color": ACCENT}))
    if t.line:
        ends = [t.line.start * label.factor, (t.line.start + t.line.change) * label.factor]
        dash = "solid" if t.beyond_error else "dot"
        figure.add_scatter(x=[x[0], x[-1]], y=ends, mode="lines", line={"color": INK, "dash": dash}, hoverinfo="skip")
    figure.update_layout(
        height=320,
        margin={"l": 10, "r": 10, "t": 10, "b": 10},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        yaxis_title=label.heading,
        xaxis_tickformat=axis_dates(),
        showlegend=False,
    )
    return figure


def changed(t: Trend, label: MetricLabel) -> str:
    """A change beyond chance, and whether it is for the better."""
    return {"better": _("A real change for the better"), "worse": _("A real change for the worse")}.get(
        label.course(t.change), _("A real change")
    )


def _verdict(t: Trend) -> str:
    label = metric_label(t.metric)
    if len(t.points) < 2:
        return _("One set so far: a second one shows a change.")
    best = t.best
    over = _("Between the two sets")
    if len(t.points) > 2:
        days = {p.day for p in t.points}
        over = _("Between the two days") if len(days) > 1 else _("From the first set to the latest")
    if t.line:
        over = _("Over {days} days and {n} sets", days=t.line.days, n=len(t.points))
    words = f"{over}: **{label.signed(t.change)}**. "
    words += f"**{changed(t, label)}.**" if t.beyond_error else _("Not beyond chance.")
    words += " " + _("Up to {most} can be chance (95 %).", most=label.amount(t.smallest_change))
    words += " " + _("Chance here: {chance}.", chance=t.variation.said(label))
    if best is not None:
        words += " " + _("Best: {value} on {day}.", value=label.amount(best.mean), day=day(best.day, "medium"))
    return words


def _sides(sessions: list[SessionEntry]) -> None:
    pairs = {drill: found for drill in leg_pairs(sessions) if (found := pooled(sessions, drill))}
    if pairs:
        st.markdown("## " + _("Left against right"))
    for drill, found in pairs.items():
        sides(drill, found)


def _first_and_latest(sessions: list[SessionEntry], drill: str, side: str, headline: dict[str, str]) -> None:
    """Both clips' numbers, and their films where they were kept with the log."""
    found = first_and_latest(sessions, drill, side)
    if not found or not st.toggle(_("First against latest clip")):
        return
    clips = [(when, kept_clip(entry)) for when, entry in found]
    films: list[dict[str, Any] | None] = []
    for k, ((when, clip), column) in enumerate(zip(clips, st.columns(2, gap="medium"), strict=True)):
        with column:
            if clip is None:
                words = _("{day}: the clip was not kept, its numbers were.", day=day(when, "medium"))
                st.caption(escaped(words))
                films.append(None)
            else:
                films.append(film_of(Side(f"kept{k}", day(when, "medium"), clip.report, clip.film)))
    play(films, "pair_kept")
    differences(found[0], found[1], sessions, headline)


def _week(log: TrainingLog, athlete: AthleteEntry, sessions: list[SessionEntry]) -> None:
    """The athlete's week for paper."""
    try:
        limits = Limits.load(limits_in_force())
    except PlumblineError as error:
        st.error(_("{error} See *Limits*.", error=error_markdown(error)))
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        # On a Monday morning it is the week that has been trained.
        of = date_input(st, _("Week of"), min(today(), sessions[-1].day))
        week = week_of(sessions, of, weekly_cap(athlete.level), athlete.headline, limits)
        language, coming = current(), next_session(log, athlete, today(), followed=True)
        planned = "" if coming is None else f"{day(coming.day, 'MMMEd')}: {coming.title.said}"

        def page() -> bytes:
            with speaking(language):  # it is made on another thread
                return week_pdf(athlete, week, planned)

        st.download_button(
            _("The week as PDF"),
            page,
            f"week_{week.monday}.pdf",
            "application/pdf",
            icon=":material/download:",
            on_click="ignore",
        )


def _load(sessions: list[SessionEntry], level: str) -> None:
    weeks = weekly_contacts(sessions)
    cap = weekly_cap(level)
    st.markdown("## " + _("Contacts per week"))
    weeks_chart([day(monday, "MMMd") for monday in weeks], list(weeks.values()), "done", cap)
    over = [day(monday, "MMMd") for monday, contacts in weeks.items() if contacts > cap]
    if over:
        st.warning(_("Over the cap in the week of {days}.", days=", ".join(over)), icon=":material/warning:")


def _of_reps(on: FaultDay) -> str:
    return _("{n} of {of} reps", n=on.faulty, of=on.reps)


def _faults(sessions: list[SessionEntry]) -> None:
    faults = {k: v for k, v in fault_days(sessions).items() if any(on.faulty for on in v)}
    if not faults:
        return
    st.markdown("## " + _("Faults"))
    table(
        [
            {
                _("Fault"): say(k),
                _("First day"): _of_reps(v[0]),
                _("Latest day"): _of_reps(v[-1]) if len(v) > 1 else "–",
                _("Days"): len(v),
            }
            for k, v in faults.items()
        ]
    )
