"""One HTML file that opens offline: table, stills, plots, warnings."""

from __future__ import annotations

import base64
from typing import Any

import numpy as np
from jinja2 import Environment

from plumbline.analysis import Analysis
from plumbline.report._labels import headline_metrics, metric_label
from plumbline.report._schema import MovementOut, Report, RepOut
from plumbline.resources import DATA

ACCENT, SHADE = "#1f6fb2", "rgba(86,180,233,0.22)"
MAX_STILLS = 80


def _rows(report: Report) -> tuple[list[Any], list[dict[str, Any]]]:
    columns = headline_metrics({n for r in report.reps for n in r.metrics})
    rows = []
    for rep in report.reps:
        cells = []
        for c in columns:
            q = rep.metrics.get(c.name)
            cells.append({"value": c.number(q.value), "sd": c.number(q.sd)} if q else {"value": "–"})
        by_hand = {"edited": "edited", "hand": "added"}.get(rep.source, "")
        rows.append({"index": rep.index, "cells": cells, "findings": _findings(rep), "by_hand": by_hand})
    return columns, rows


def _findings(rep: RepOut) -> list[Any]:
    order = {"fault": 0, "borderline": 1}
    found = [v for v in rep.verdicts if v.verdict in order]
    return sorted(found, key=lambda v: order[v.verdict])


def _faults(report: Report) -> list[dict[str, str]]:
    """Each fault once: label, message, cue, and on which reps."""
    out: dict[str, dict[str, Any]] = {}
    for rep in report.reps:
        for v in rep.verdicts:
            if v.verdict == "fault":
                entry = out.setdefault(v.fault, {"label": v.label, "message": v.message, "cue": v.cue, "on": []})
                entry["on"].append(rep.index)
    for v in report.summary.verdicts:
        if v.verdict == "fault":
            out.setdefault(v.fault, {"label": v.label, "message": v.message, "cue": v.cue, "on": []})
    ordered = sorted(out.values(), key=lambda e: -len(e["on"]))
    return [{**e, "reps": ", ".join(map(str, e["on"]))} for e in ordered]


def _summary(report: Report) -> list[dict[str, Any]]:
    out = []
    for name, s in report.summary.metrics.items():
        label = metric_label(name)
        out.append(
            {
                "label": label.label,
                "unit": label.unit,
                "mean": label.number(s.mean),
                "sd": label.number(s.sd),
                "low": label.number(s.ci95[0]),
                "high": label.number(s.ci95[1]),
                "n": s.n,
            }
        )
    return out


def _movement(movement: MovementOut) -> str:
    """Whether the camera stood still, as far as the background tells."""
    if movement.followed_fraction < 0.5 and not movement.moves:
        return "taken to stand still; the background has too little to follow"
    followed = f"background followed in {100 * movement.followed_fraction:.0f} % of the frames"
    return f"moved; {followed}" if movement.moves else "stood still"


def _filmed(report: Report) -> list[dict[str, str]]:
    """What the numbers rest on: the camera, in words."""
    camera, clip = report.camera, report.clip
    tilt = camera.tilt_deg
    turned = f"turned by {tilt.value:+.1f} ± {tilt.sd:.1f}°, by {tilt.source}" if tilt.source != "assumed level" else ""
    level = f"assumed level, ± {tilt.sd:.1f}°: nothing in the clip tells how the camera was turned"
    out = [("Upright", f"{turned}{', corrected' if tilt.corrected else ''}" if turned else level)]
    if camera.m_per_px is not None:
        scale = camera.m_per_px
        out.append(("Scale", f"{1000 * scale.value:.2f} ± {1000 * scale.sd:.2f} mm per pixel, by {scale.source}"))
    off = f", about {camera.off_side_deg:.0f}° off side-on" if camera.off_side_deg >= 1 else ""
    out.append(("View", f"{camera.view}{off}; the athlete faces {camera.facing}"))
    out.append(("Camera", _movement(camera.movement)))
    rates = {"tag": "as the file states", "given": "as given", "gravity": "found from how fast the athlete falls"}
    said = rates.get(clip.capture_fps_source)
    out.append(("Clock", f"{clip.capture_fps:.0f} frames per second{', ' + said if said else ''}"))
    return [{"what": what, "words": words} for what, words in out]


def _standing(report: Report) -> dict[str, Any] | None:
    if report.standing is None:
        return None
    metrics = []
    for name, q in report.standing.metrics.items():
        label = metric_label(name)
        metrics.append(
            {"label": label.label, "unit": label.unit, "value": label.number(q.value), "sd": label.number(q.sd)}
        )
    return {"metrics": metrics, "findings": _findings(report.standing)}


def _contact_spans(analysis: Analysis) -> list[tuple[float, float]]:
    """Stretches with a foot on the floor; none for a clip without flights."""
    t = analysis.tracks.time_s
    items = analysis.contacts.items
    if len(items) < 2:
        return []
    ends = [c.toe_off_s if np.isfinite(c.toe_off_s) else float(t[-1]) for c in items]
    starts = [c.touchdown_s if np.isfinite(c.touchdown_s) else float(t[0]) for c in items]
    return [(a, b) for a, b in zip(starts, ends, strict=True) if b > a]


def knee_plot(analysis: Analysis) -> str:
    """Knee angle and velocity over time, contacts shaded, as a div with its script."""
    import plotly.graph_objects as go
    from plotly.subplots import make_subplots

    tracks = analysis.tracks
    t = np.round(tracks.time_s, 4)
    figure = make_subplots(rows=2, cols=1, shared_xaxes=True, vertical_spacing=0.08)
    series = (
        (tracks.near.knee_flexion_deg, "Knee flexion, °"),
        (tracks.near.knee_velocity_deg_s, "Knee velocity, °/s"),
    )
    for row, (values, title) in enumerate(series, start=1):
        y = [None if not np.isfinite(v) else round(float(v), 1) for v in values]
        line = {"color": ACCENT, "width": 2}
        figure.add_trace(go.Scatter(x=t, y=y, mode="lines", name=title, line=line), row=row, col=1)
        figure.update_yaxes(title_text=title, row=row, col=1, gridcolor="rgba(128,128,128,0.25)")
    for start, end in _contact_spans(analysis):
        figure.add_vrect(x0=start, x1=end, fillcolor=SHADE, line_width=0, layer="below")
    for m in analysis.reps:
        figure.add_vline(x=m.rep.key_s, line={"color": "rgba(128,128,128,0.6)", "width": 1, "dash": "dot"})
        figure.add_annotation(x=m.rep.key_s, y=1.0, yref="paper", text=str(m.rep.index), showarrow=False, yshift=10)
    figure.update_xaxes(title_text="Time, s", row=2, col=1, gridcolor="rgba(128,128,128,0.25)")
    figure.update_layout(
        showlegend=False,
        autosize=True,
        height=460,
        margin={"l": 60, "r": 16, "t": 28, "b": 44},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"color": "#77808b"},
        hovermode="x unified",
    )
    html: str = figure.to_html(
        full_html=False, include_plotlyjs=True, config={"displayModeBar": False, "responsive": True}
    )
    return html


def report_html(report: Report, analysis: Analysis, stills: list[bytes]) -> str:
    """The report as one HTML text; every string from outside is escaped.

    Parameters
    ----------
    report : Report
    analysis : Analysis
    stills : list of bytes
        JPEG pictures of the first reps' key instants, in order.
    """
    columns, rows = _rows(report)
    strip = [
        {
            "index": rep.index,
            "data": base64.b64encode(picture).decode("ascii"),
            "faults": ", ".join(v.label for v in rep.verdicts if v.verdict == "fault"),
        }
        for rep, picture in zip(report.reps, stills, strict=False)
    ]
    timed = analysis.drill is not None and analysis.drill.segment == "hops"
    landed = analysis.drill is not None and analysis.drill.segment in ("jumps", "landings")
    template = Environment(autoescape=True).from_string((DATA / "report.html.j2").read_text(encoding="utf-8"))
    return template.render(
        r=report,
        columns=columns,
        rows=rows,
        faults=_faults(report),
        strip=strip,
        strip_title="The line at touchdown" if timed else "The line at landing" if landed else "The line, rep by rep",
        plot=knee_plot(analysis) if analysis.tracks.pose.found.any() else "",
        summary=_summary(report),
        standing=_standing(report),
        filmed=_filmed(report),
        withheld=[(metric_label(n).label, why) for n, why in report.withheld.items()],
    )
