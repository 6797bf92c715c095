"""What a page of the report says, in words and rounded numbers: for HTML, PDF and the app."""

from __future__ import annotations

from statistics import median
from typing import Any

from plumbline.catalogue import Drill, MetricLabel, headline_metrics, load_protocols, metric_label, rounded
from plumbline.faults import beyond, judged_in, judged_share, ranked
from plumbline.language import N_, _, ngettext, number, say
from plumbline.messages import reps_named
from plumbline.report._schema import MovementOut, Report, RepOut, TiltOut, VerdictOut

OUTCOMES = ("fault", "borderline")
# A background followed in fewer frames than this says nothing of the camera, not even that it stood.
TOLD_SHARE = 0.5
VIEWS = {"side": N_("side"), "front": N_("front"), "oblique": N_("oblique"), "unknown": N_("unknown")}
FACING = {"left": N_("; the athlete faces left"), "right": N_("; the athlete faces right")}
# What a scale or the upright rests on, as the report has it, and as it is said.
SOURCES = {
    "stature": N_("the athlete's height"),
    "marked distance": N_("marked distance"),
    "gravity": N_("gravity"),
    "floor": N_("floor"),
    "upright lines": N_("upright lines"),
}
SIDES = (N_("both"), N_("left"), N_("right"))
RATES = {
    "tag": N_("as the file states"),
    "given": N_("as given"),
    "gravity": N_("found from how fast the athlete falls"),
}


def rows(report: Report) -> tuple[list[MetricLabel], list[dict[str, Any]]]:
    """Columns of the table of reps, and its rows: number, leg, cells, findings or what stands for none.

    Every number that a finding rests on has a column, and these come first: a narrow window shows them.
    """
    found = {v.metric for r in report.reps for v in r.verdicts if v.verdict in OUTCOMES}
    columns = headline_metrics({n for r in report.reps for n in r.metrics}, found)
    columns.sort(key=lambda c: c.name not in found)
    legs = any(r.stance != "both" for r in report.reps)
    out, of_set = [], faults_judged(report)
    for rep in report.reps:
        judged = {v.metric: v.verdict for v in reversed(findings(rep))}
        out.append(
            {
                "index": rep.index,
                "leg": say(rep.stance) if legs else "",
                "cells": [_cell(c, rep, judged.get(c.name, "")) for c in columns],
                "findings": findings(rep),
                "none": no_findings(rep, of_set),
                "by_hand": {"edited": _("edited"), "hand": _("added")}.get(rep.source, ""),
            }
        )
    return columns, out


def _cell(label: MetricLabel, rep: RepOut, verdict: str) -> dict[str, str]:
    """One number of a rep: value, uncertainty, direction in words, verdict."""
    q = rep.metrics.get(label.name)
    if q is None:
        return {"value": "–"}
    return {"value": label.size(q.value), "sd": label.number(q.sd), "side": label.side(q.value), "verdict": verdict}


def findings(rep: RepOut) -> list[VerdictOut]:
    """Faults of a rep, then what is borderline; what is furthest beyond its limit first."""
    found = [v for v in rep.verdicts if v.verdict in OUTCOMES]
    return sorted(found, key=lambda v: (OUTCOMES.index(v.verdict), -beyond(v)))


def finding_words(v: VerdictOut) -> str:
    """The number of the finding `v` with its limit: "43 ± 2° (limit 40°)"."""
    label = metric_label(v.metric)
    value, limit = label.said_with_sd(v.value, v.sd), label.said(v.limit)
    return _("{metric}: {value} (limit {limit})", metric=label.short, value=value, limit=limit)


def faults(report: Report) -> list[dict[str, Any]]:
    """Each fault of the set once, what matters most first: label, message, cue, worst number, and on which reps.

    What is wrong in single reps only is said by `beside`.
    """
    called = {fault for fault, count in report.summary.faults.items() if count.called}
    told = [*(v for r in report.reps for v in r.verdicts), *report.summary.verdicts]
    out = []
    for fault in ranked([r.verdicts for r in report.reps], report.summary.verdicts, called):
        on = report.summary.faults[fault].reps
        worst = _worst([v for v in told if v.fault == fault and v.verdict != "ok"])
        words = {"message": say(worst.message), "cue": say(worst.cue), "number": finding_words(worst)}
        where = reps_named(on) if on else _("the whole set")
        out.append({"label": say(worst.label), "on": on, "where": where, **words})
    return out


def _worst(found: list[VerdictOut]) -> VerdictOut:
    """Of the verdicts on one fault the one to show: by the rule that is missed most clearly, the largest number."""
    clearest = max(found, key=lambda v: (v.verdict == "fault", beyond(v)))
    same = [v for v in found if (v.metric, v.verdict) == (clearest.metric, clearest.verdict)]
    return max(same, key=lambda v: abs(v.value - v.limit))


MARKED = {
    "fault": N_("On single reps, not enough to call it a fault of the set: {faults}."),
    "borderline": N_("Borderline, too close to call: {faults}."),
}


def marked(report: Report, verdict: str) -> list[tuple[str, list[int]]]:
    """What is marked in single reps and is no fault of the set.

    Parameters
    ----------
    report : Report
    verdict : {"fault", "borderline"}

    Returns
    -------
    list of (label, numbers of reps)
    """
    out: dict[str, tuple[str, list[int]]] = {}
    for rep in report.reps:
        for v in rep.verdicts:
            count = report.summary.faults.get(v.fault)
            if v.verdict == verdict and (count is None or not count.called):
                on = out.setdefault(v.fault, (say(v.label).lower(), []))[1]
                on += [rep.index] if rep.index not in on else []
    return list(out.values())


def beside(report: Report) -> list[str]:
    """What is wrong, or too close to call, in single reps of `report` but not in the set, a line each.

    Such reps are marked, not advised on.
    """
    out = []
    for verdict, words in MARKED.items():
        told = [_("{fault} ({reps})", fault=label, reps=reps_named(on)) for label, on in marked(report, verdict)]
        out += [say(words, faults="; ".join(told))] if told else []
    return out


def judged(report: Report) -> bool:
    """Whether anything in `report` was judged: under a drill that is not sure, or has no limits, reps are measured."""
    return report.drill is None or any(r.verdicts for r in report.reps) or bool(report.summary.verdicts)


def faults_judged(report: Report) -> frozenset[str]:
    """Names of the faults that any rep of `report` was judged by."""
    return judged_in(r.verdicts for r in report.reps)


def no_findings(rep: RepOut, of_set: frozenset[str]) -> dict[str, str]:
    """What stands in the place of the findings of a rep without any.

    Parameters
    ----------
    rep : RepOut
    of_set : frozenset of str
        `faults_judged` of its report.

    Returns
    -------
    dict
        "words", and their "tone": "ok" or "plain".
    """
    share = judged_share(rep.verdicts, of_set)
    words = {"all": _("no faults"), "part": _("no faults, not all judged"), "none": _("not judged")}[share]
    return {"words": words, "tone": "ok" if share == "all" else "plain"}


def nothing_wrong(report: Report) -> str:
    """What is said where `report` advises on no fault."""
    if not report.reps:
        return _("Nothing was measured.")
    if report.drill is not None and not report.drill.judged:
        return _("The drill is not sure, so nothing was judged: choose the drill to see the faults.")
    if not judged(report):
        return _("Measured, not judged: no limit applies to what this clip shows.")
    if marked(report, "fault"):
        return _("No fault in the set as a whole.")
    return _("No clear fault.") if marked(report, "borderline") else _("No faults found.")


def summary(report: Report) -> list[dict[str, Any]]:
    """Mean, spread and interval of each metric over the reps, in words."""
    out = []
    of_reps = {name for rep in report.reps for name in rep.metrics}
    for name, s in report.summary.metrics.items():
        label, spreads = metric_label(name), name in of_reps and s.n > 1
        out.append(
            {
                "label": label.label,
                "short": label.short,
                "mean": label.said(s.mean),
                "sd": label.number(s.sd) if spreads else "",
                "interval": _("{low} to {high}", low=label.said(s.ci95[0]), high=label.said(s.ci95[1])),
                "n": s.n,
            }
        )
    return out


def left_and_right(report: Report) -> list[dict[str, str]]:
    """Left against right in words, a row for each metric of `report`; empty where the legs do not take turns."""
    sides = report.summary.legs
    if set(sides) != {"left", "right"}:
        return []
    out = []
    for label in headline_metrics(set(sides["left"]) & set(sides["right"])):
        left, right = (sides[side][label.name] for side in ("left", "right"))
        said = {side: label.said_with_sd(s.mean, s.mean_sd or s.sd) for side, s in (("left", left), ("right", right))}
        out.append({"label": label.label, **said})
    return out


def _movement(movement: MovementOut) -> str:
    """Whether the camera stood still, as far as the background tells."""
    if movement.followed_fraction < TOLD_SHARE and not movement.moves:
        return _("taken to stand still; the background has too little to follow")
    share = 100 * movement.followed_fraction
    moved = _("moved; background followed in {share:.0f} % of the frames", share=share)
    return moved if movement.moves else _("stood still")


def _sources(words: str) -> str:
    """What a scale or the upright rests on."""
    also = _("and")
    return f" {also} ".join(say(SOURCES.get(source, source)) for source in words.split(" and "))


def _upright(tilt: TiltOut) -> str:
    """How the camera was turned, and by what that is known."""
    if tilt.source == "assumed level":
        return _("assumed level, ± {sd:.1f}°: nothing in the clip tells how the camera was turned", sd=tilt.sd)
    angle = f"{number(rounded(tilt.value, 1), '+.1f')} ± {number(tilt.sd, '.1f')}°"
    turned = _("turned by {angle}, by {source}", angle=angle, source=_sources(tilt.source))
    corrected = _("corrected")
    return f"{turned}, {corrected}" if tilt.corrected else turned


def filmed(report: Report) -> list[dict[str, str]]:
    """What the numbers rest on: the camera, in words."""
    camera, clip = report.camera, report.clip
    out = [(_("Upright"), _upright(camera.tilt_deg))]
    if camera.m_per_px is not None:
        size = f"{number(1000 * camera.m_per_px.value, '.2f')} ± {number(1000 * camera.m_per_px.sd, '.2f')}"
        source = _sources(camera.m_per_px.source)
        out.append((_("Scale"), _("{size} mm per pixel, by {source}", size=size, source=source)))
    off = _(", about {off:.0f}° off side-on", off=camera.off_side_deg) if camera.off_side_deg >= 1 else ""
    facing = FACING[camera.facing] if camera.view != "front" else ""
    out.append((_("View"), f"{say(VIEWS[camera.view])}{off if facing else ''}{say(facing)}"))
    out.append((_("Camera"), _movement(camera.movement)))
    said = RATES.get(clip.capture_fps_source)
    rate = _("{fps:.0f} frames per second", fps=clip.capture_fps)
    out.append((_("Clock"), f"{rate}, {say(said)}" if said else rate))
    return [{"what": what, "words": words} for what, words in out]


def standing(report: Report) -> dict[str, Any] | None:
    """Posture in quiet standing, None without any."""
    if report.standing is None:
        return None
    metrics = []
    for name, q in report.standing.metrics.items():
        label = metric_label(name)
        metrics.append({"label": label.label, "said": label.said_with_sd(q.value, q.sd)})
    return {"metrics": metrics, "findings": findings(report.standing)}


def headline(report: Report) -> str:
    """Drill, number of reps, frame rate and length of `report` in one line, and the scores of field tests."""
    count, drill = len(report.reps), report.drill
    known = any(w.code == "named_only" for w in report.warnings)
    none = _("Recognised, but not measured") if known else _("No drill found")
    name = none if drill is None else say(drill.name)
    if drill and drill.confidence < 1:
        name += _(" (detected, {share:.0f} % sure)", share=100 * drill.confidence)
    reps = ngettext("{n} rep", "{n} reps", count)
    rate = _("{fps:.0f} frames per second", fps=report.clip.capture_fps)
    return " · ".join([name, reps, rate, f"{number(report.clip.duration_s, '.1f')} s", *_scores(report)])


def _scores(report: Report) -> list[str]:
    """The scores of the field tests that the set of `report` may be, in words."""
    found = [(metric_label(name), report.summary.metrics.get(name)) for name in load_protocols()]
    return [f"{label.label} {label.said_with_sd(s.mean, s.mean_sd or s.sd)}" for label, s in found if s is not None]


def strip_title(drill: Drill | None) -> str:
    """Heading of the stills."""
    if drill is not None and drill.measured.view == "front":
        return _("Rep by rep")
    segment = drill.segment if drill else ""
    return {
        "hops": _("The line at touchdown"),
        "jumps": _("The line at landing"),
        "landings": _("The line at landing"),
    }.get(segment, _("The line, rep by rep"))


def withheld(report: Report) -> list[tuple[str, str]]:
    """What the clip of `report` cannot show, with the reason."""
    said = {name: reason.said for name, reason in report.reasons.items()}
    return [(metric_label(name).label, said.get(name, why)) for name, why in report.withheld.items()]


def every_metric(report: Report) -> list[tuple[str, list[str], str]]:
    """Metrics that the table of reps has no room for: each with its unit, its value in every rep, and its usual ±."""
    shown = {c.name for c in rows(report)[0]}
    out = []
    for name in dict.fromkeys(n for r in report.reps for n in r.metrics):
        label = metric_label(name)
        if name in shown:
            continue
        known = [r.metrics.get(name) for r in report.reps]
        cells = ["–" if m is None else label.number(m.value) for m in known]
        words = f"{label.label}, {label.unit}".rstrip(", ")
        usual = label.number(median(m.sd for m in known if m is not None))
        out.append((f"{words} {label.ways}".strip(), cells, usual))
    return out
