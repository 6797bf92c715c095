"""Draws one frame: skeleton, plumb line, joints, knee, contact, faults."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from plumbline.analysis import Analysis
from plumbline.draw._scene import FrameScene, Scenes, fault_line, plain
from plumbline.draw._style import (
    BORDERLINE,
    BY_OUTCOME,
    DARK,
    FAULT,
    GREY,
    LINE,
    MARK,
    OK,
    WHITE,
    Colour,
    Image,
    cv2,
    fitted_size,
    shade,
    text,
    text_width,
    unit_of,
)
from plumbline.report import headline_metrics

FloatArray = NDArray[np.float64]

HISTORY_S = 2.0
SUBPIXEL_BITS = 4


def _fixed(p: FloatArray) -> tuple[int, int]:
    x, y = np.round(np.asarray(p) * (1 << SUBPIXEL_BITS)).astype(int)
    return int(x), int(y)


def _polyline(image: Image, points: FloatArray, colour: tuple[int, int, int], width: float) -> None:
    """Connected line with a dark edge; stops at missing points."""
    for edge, tint in ((2.2, DARK), (0.0, colour)):
        thick = max(1, round((width + edge) * unit_of(image)))
        for a, b in zip(points, points[1:], strict=False):
            if np.isfinite(a).all() and np.isfinite(b).all():
                cv2.line(image, _fixed(a), _fixed(b), tint, thick, cv2.LINE_AA, SUBPIXEL_BITS)


def draw_figure(image: Image, scene: FrameScene, scale: FloatArray) -> Image:
    """Draw skeleton, plumb line and joints into a BGR image in place.

    Parameters
    ----------
    image : (h, w, 3) uint8
    scene : FrameScene
    scale : (2,)
        Image px per px of the full-size picture.
    """
    u = unit_of(image)
    chain, foot, arm = scene.chain * scale, scene.foot * scale, scene.arm * scale
    _polyline(image, arm, GREY, 2)
    _polyline(image, np.stack([chain[4], foot[0], foot[1], chain[4]]), WHITE, 2)
    _polyline(image, chain, WHITE, 3)
    ankle = chain[4]
    if np.isfinite(ankle).all() and np.isfinite(chain[0]).all():
        top = chain[0, 1] - 0.10 * abs(ankle[1] - chain[0, 1])
        bottom = np.nanmax([ankle[1], foot[0, 1], foot[1, 1]]) + 6 * u
        _polyline(image, np.array([[ankle[0], top], [ankle[0], bottom]]), LINE, 2)
    for point, outcome in zip(chain, scene.outcomes, strict=True):
        if not np.isfinite(point).all():
            continue
        radius = round(6.5 * u * (1 << SUBPIXEL_BITS))
        cv2.circle(image, _fixed(point), radius + round(2 * u * 16), DARK, -1, cv2.LINE_AA, SUBPIXEL_BITS)
        cv2.circle(image, _fixed(point), radius, BY_OUTCOME[outcome], -1, cv2.LINE_AA, SUBPIXEL_BITS)
        if outcome == "fault":
            ring = radius + round(5 * u * 16)
            cv2.circle(image, _fixed(point), ring, FAULT, max(1, round(2 * u)), cv2.LINE_AA, SUBPIXEL_BITS)
    return image


def _header(image: Image, scene: FrameScene, total: int, timed: bool) -> None:
    """Rep number, knee angle and velocity, contact or flight."""
    u = unit_of(image)
    w = image.shape[1]
    shade(image, 0, 0, w, 78 * u)
    title = f"REP {scene.rep.rep.index} of {total}" if scene.rep else f"{total} reps" if total != 1 else "1 rep"
    text(image, title, 14 * u, 34 * u, 1.25, WHITE, bold=True)
    if np.isfinite(scene.knee_deg):
        speed = f"{scene.knee_deg_s:+5.0f} deg/s" if np.isfinite(scene.knee_deg_s) else ""
        text(image, f"knee {scene.knee_deg:3.0f} deg   {speed}", 14 * u, 65 * u, 0.95, WHITE)
    if timed:
        word, colour = ("CONTACT", LINE) if scene.contact else ("FLIGHT", GREY)
        width = text_width(image, word, 1.0, bold=True)
        x = w - width - 24 * u
        cv2.rectangle(image, (round(x - 8 * u), round(10 * u)), (w - round(8 * u), round(44 * u)), colour, -1)
        text(image, word, x, 35 * u, 1.0, DARK, bold=True)


def _contact_bar(image: Image, scenes: Scenes, i: int) -> None:
    """The last two seconds: filled where a foot bears, a tick at now."""
    u = unit_of(image)
    h, w = image.shape[:2]
    t = scenes.analysis.tracks.time_s
    top, bottom = round(h - 14 * u), h
    cv2.rectangle(image, (0, top), (w, bottom), DARK, -1)
    k = np.flatnonzero((t >= t[i] - HISTORY_S) & (t <= t[i]))
    edges = np.append(t[k], 2 * t[i] - t[i - 1] if i else t[i] + 0.02)
    for j, frame in enumerate(k):
        if scenes.contact[frame]:
            x0, x1 = (round(w * (1 - (t[i] - e) / HISTORY_S)) for e in (edges[j], edges[j + 1]))
            cv2.rectangle(image, (x0, top + round(3 * u)), (min(x1, w), bottom - round(3 * u)), LINE, -1)


def _faults(image: Image, scene: FrameScene, timed: bool) -> None:
    """Faults and borderline findings of the rep under way, above the contact bar."""
    if scene.rep is None:
        return
    u = unit_of(image)
    h, w = image.shape[:2]
    rows = [(v, FAULT) for v in scene.rep.with_outcome("fault")]
    rows += [(v, BORDERLINE) for v in scene.rep.with_outcome("borderline")][: max(0, 3 - len(rows))]
    bottom = h - (20 * u if timed else 6 * u)
    lines = [(f"{MARK[v.verdict]} {fault_line(v)}", colour) for v, colour in rows[:4]]
    if not lines:
        lines = [("line and landing ok", OK)]
    step = 32 * u
    shade(image, 0, bottom - step * len(lines) - 8 * u, w, bottom)
    for k, (words, colour) in enumerate(lines):
        y = bottom - step * (len(lines) - 1 - k) - 12 * u
        x0 = 10 * u
        cv2.rectangle(image, (round(x0), round(y - 20 * u)), (round(x0 + 8 * u), round(y + 4 * u)), colour, -1)
        size = fitted_size(image, words, 0.95, w - 36 * u)
        text(image, words, x0 + 16 * u, y, size, WHITE)


def annotate(image: Image, scenes: Scenes, i: int, scale: FloatArray) -> Image:
    """Draw everything that belongs to frame i into a BGR image in place."""
    scene = scenes.frame(i)
    draw_figure(image, scene, scale)
    _header(image, scene, len(scenes.analysis.reps), scenes.timed)
    _faults(image, scene, scenes.timed)
    if scenes.timed:
        _contact_bar(image, scenes, i)
    return image


def closing_card(image: Image, scenes: Scenes) -> Image:
    """The last picture, darkened, with the summary on it (a copy)."""
    out = image.copy()
    u = unit_of(out)
    h, w = out.shape[:2]
    shade(out, 0, 0, w, h, 0.82)
    analysis = scenes.analysis
    y = 60 * u
    name = analysis.drill.name if analysis.drill else "No drill found"
    text(out, name, 24 * u, y, fitted_size(out, name, 1.3, w - 48 * u), WHITE, bold=True)
    y += 40 * u
    text(out, f"{len(analysis.reps)} reps", 24 * u, y, 1.1, WHITE)
    y += 44 * u
    for words, colour in summary_lines(analysis):
        if y > h - 30 * u:
            break
        size = fitted_size(out, words, 0.95, w - 60 * u)
        cv2.rectangle(out, (round(24 * u), round(y - 18 * u)), (round(30 * u), round(y + 4 * u)), colour, -1)
        text(out, words, 40 * u, y, size, WHITE)
        y += 34 * u
    return out


def summary_lines(analysis: Analysis) -> list[tuple[str, Colour]]:
    """Means with their spread over the reps, then faults with their reps."""
    out: list[tuple[str, Colour]] = []
    for label in headline_metrics(set(analysis.summary)):
        s = analysis.summary[label.name]
        words = f"{label.label}  {label.with_sd(s.mean, s.sd)} {label.unit}"
        out.append((plain(words), GREY))
    by_fault: dict[str, list[int]] = {}
    for m in analysis.reps:
        for v in m.with_outcome("fault"):
            by_fault.setdefault(v.label, []).append(m.rep.index)
    for v in analysis.clip_verdicts:
        if v.verdict == "fault":
            by_fault.setdefault(v.label, [])
    faults: list[tuple[str, Colour]] = [
        (f"! {label}: {'rep ' + ', '.join(map(str, reps)) if reps else 'whole set'}", FAULT)
        for label, reps in by_fault.items()
    ]
    if analysis.reps and not faults:
        faults = [("No faults", OK)]
    return faults + out
