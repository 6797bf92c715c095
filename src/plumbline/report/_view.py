"""What a page of the report says, in words and rounded numbers: for HTML, PDF and the app."""

from __future__ import annotations

import re
from typing import Any

from plumbline.report._labels import MetricLabel, headline_metrics, metric_label, rounded
from plumbline.report._schema import MovementOut, Report, RepOut, VerdictOut
from plumbline.reps import Drill


def rows(report: Report) -> tuple[list[MetricLabel], list[dict[str, Any]]]:
    """Columns of the table of reps, and its rows: number, cells, findings."""
    columns = headline_metrics({n for r in report.reps for n in r.metrics})
    out = []
    for rep in report.reps:
        cells = []
        for c in columns:
            q = rep.metrics.get(c.name)
            cells.append({"value": c.number(q.value), "sd": c.number(q.sd)} if q else {"value": "–"})
        by_hand = {"edited": "edited", "hand": "added"}.get(rep.source, "")
        out.append({"index": rep.index, "cells": cells, "findings": findings(rep), "by_hand": by_hand})
    return columns, out


def findings(rep: RepOut) -> list[VerdictOut]:
    """Faults of a rep, then what is borderline."""
    order = {"fault": 0, "borderline": 1}
    found = [v for v in rep.verdicts if v.verdict in order]
    return sorted(found, key=lambda v: order[v.verdict])


def faults(report: Report) -> list[dict[str, str]]:
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


def summary(report: Report) -> list[dict[str, Any]]:
    """Mean, spread and interval of each metric over the reps, in words."""
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


def filmed(report: Report) -> list[dict[str, str]]:
    """What the numbers rest on: the camera, in words."""
    camera, clip = report.camera, report.clip
    tilt = camera.tilt_deg
    angle = f"{rounded(tilt.value, 1):+.1f} ± {tilt.sd:.1f}°"
    turned = f"turned by {angle}, by {tilt.source}" if tilt.source != "assumed level" else ""
    level = f"assumed level, ± {tilt.sd:.1f}°: nothing in the clip tells how the camera was turned"
    out = [("Upright", f"{turned}{', corrected' if tilt.corrected else ''}" if turned else level)]
    if camera.m_per_px is not None:
        scale = camera.m_per_px
        out.append(("Scale", f"{1000 * scale.value:.2f} ± {1000 * scale.sd:.2f} mm per pixel, by {scale.source}"))
    off = f", about {camera.off_side_deg:.0f}° off side-on" if camera.off_side_deg >= 1 else ""
    facing = f"{off}; the athlete faces {camera.facing}" if camera.view != "front" else ""
    out.append(("View", f"{camera.view}{facing}"))
    out.append(("Camera", _movement(camera.movement)))
    rates = {"tag": "as the file states", "given": "as given", "gravity": "found from how fast the athlete falls"}
    said = rates.get(clip.capture_fps_source)
    out.append(("Clock", f"{clip.capture_fps:.0f} frames per second{', ' + said if said else ''}"))
    return [{"what": what, "words": words} for what, words in out]


def standing(report: Report) -> dict[str, Any] | None:
    """Posture in quiet standing, None without any."""
    if report.standing is None:
        return None
    metrics = []
    for name, q in report.standing.metrics.items():
        label = metric_label(name)
        metrics.append(
            {"label": label.label, "unit": label.unit, "value": label.number(q.value), "sd": label.number(q.sd)}
        )
    return {"metrics": metrics, "findings": findings(report.standing)}


def headline(report: Report) -> str:
    """Drill, number of reps, frame rate and length in one line."""
    count, drill = len(report.reps), report.drill
    name = "No drill found" if drill is None else drill.name
    sure = f" (recognised, {100 * drill.confidence:.0f} % sure)" if drill and drill.confidence < 1 else ""
    reps = "1 rep" if count == 1 else f"{count} reps"
    return f"{name}{sure} · {reps} · {report.clip.capture_fps:.0f} frames per second · {report.clip.duration_s:.1f} s"


def strip_title(drill: Drill | None) -> str:
    """Heading of the stills."""
    if drill is not None and drill.measured.view == "front":
        return "Rep by rep"
    segment = drill.segment if drill else ""
    return {
        "hops": "The line at touchdown",
        "jumps": "The line at landing",
        "landings": "The line at landing",
    }.get(segment, "The line, rep by rep")


def withheld(report: Report) -> list[tuple[str, str]]:
    """What the clip cannot show, with the reason."""
    return [(metric_label(name).label, why) for name, why in report.withheld.items()]


def without_options(words: str) -> str:
    """A message without the options of the command line, for whoever reads it on a page or on paper."""
    return re.sub(r" \(--[^)]*\)", "", words)


def every_metric(report: Report) -> list[tuple[str, list[str]]]:
    """Each metric of the reps with its unit, and its value in every rep; those of the table of reps left out."""
    present = {n for r in report.reps for n in r.metrics}
    shown = {c.name for c in headline_metrics(present)}
    out = []
    for name in dict.fromkeys(n for r in report.reps for n in r.metrics):
        label = metric_label(name)
        if name in shown:
            continue
        cells = [label.number(r.metrics[name].value) if name in r.metrics else "–" for r in report.reps]
        out.append((f"{label.label}, {label.unit}".rstrip(", "), cells))
    return out
