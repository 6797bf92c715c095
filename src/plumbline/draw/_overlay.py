"""Draws one frame: skeleton, plumb line, joints, knee, contact, faults."""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import NDArray

from plumbline.analysis import Analysis
from plumbline.draw._scene import FrameScene, Scenes, fault_line, plain
from plumbline.draw._style import (
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
# Strips above and below the picture, and lines of findings, in units of `unit_of`.
HEADER = 72
FOOTER = 112
FINDINGS = 3
EMPTY: Colour = (70, 66, 62)
SUBPIXEL_BITS = 4


def _fixed(p: FloatArray) -> tuple[int, int]:
    x, y = np.round(np.asarray(p) * (1 << SUBPIXEL_BITS)).astype(int)
    return int(x), int(y)


def _polyline(image: Image, points: FloatArray, colour: tuple[int, int, int], width: float) -> None:
    """Connected line with a dark edge; stops at missing points."""
    for edge, tint in ((2.2, DARK), (0.0, colour)):
        thick = max(1, round((width + edge) * unit_of(image)))
        for a, b in itertools.pairwise(points):
            if np.isfinite(a).all() and np.isfinite(b).all():
                cv2.line(image, _fixed(a), _fixed(b), tint, thick, cv2.LINE_AA, SUBPIXEL_BITS)


def draw_figure(image: Image, scene: FrameScene, scale: FloatArray) -> Image:
    """Draw the skeleton into a BGR image in place; in contact, the plumb line and joint colours.

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
    _polyline(image, scene.other_leg * scale, WHITE, 3)
    _polyline(image, chain, WHITE, 3)
    if scene.contact:
        _polyline(image, scene.plumb * scale, LINE, 2)
    for point, outcome in zip(chain, scene.outcomes, strict=True):
        if not np.isfinite(point).all():
            continue
        radius = round(6.5 * u * (1 << SUBPIXEL_BITS))
        cv2.circle(image, _fixed(point), radius + round(2 * u * 16), DARK, -1, cv2.LINE_AA, SUBPIXEL_BITS)
        colour = BY_OUTCOME[outcome] if scene.contact else WHITE
        cv2.circle(image, _fixed(point), radius, colour, -1, cv2.LINE_AA, SUBPIXEL_BITS)
        if scene.contact and outcome == "fault":
            ring = radius + round(5 * u * 16)
            cv2.circle(image, _fixed(point), ring, FAULT, max(1, round(2 * u)), cv2.LINE_AA, SUBPIXEL_BITS)
    return image


def draw_live(image: Image, scene: FrameScene) -> Image:
    """Draw the figure into an RGB picture of the camera, in place."""
    turned = image[..., ::-1].copy()
    image[...] = draw_figure(turned, scene, np.ones(2))[..., ::-1]
    return image


def canvas_size(width: int, height: int) -> tuple[int, int]:
    """Size of the film for a picture: a strip above and below, so that nothing covers the athlete."""
    u = min(width, height) / 540
    return width, height + 2 * round((HEADER + FOOTER) * u / 2)


def _strips(width: int, height: int) -> tuple[int, int]:
    """Rows at which the picture begins and ends on the canvas."""
    top = round(HEADER * min(width, height) / 540)
    return top, top + height


def _header(canvas: Image, scene: FrameScene, total: int, timed: bool, u: float) -> None:
    """Rep number, knee angle and velocity, contact or flight."""
    w = canvas.shape[1]
    title = f"REP {scene.rep.rep.index} of {total}" if scene.rep else f"{total} reps" if total != 1 else "1 rep"
    text(canvas, title, 14 * u, 31 * u, 1.25, WHITE, bold=True)
    if np.isfinite(scene.knee_deg):
        speed = f"{scene.knee_deg_s:+5.0f} deg/s" if np.isfinite(scene.knee_deg_s) else ""
        text(canvas, f"knee {scene.knee_deg:3.0f} deg   {speed}", 14 * u, 60 * u, 0.95, WHITE)
    if timed:
        word, colour = ("CONTACT", LINE) if scene.contact else ("FLIGHT", GREY)
        x = w - text_width(canvas, word, 1.0, bold=True) - 24 * u
        cv2.rectangle(canvas, (round(x - 8 * u), round(14 * u)), (w - round(8 * u), round(48 * u)), colour, -1)
        text(canvas, word, x, 39 * u, 1.0, DARK, bold=True)


def _contact_bar(canvas: Image, scenes: Scenes, i: int, top: float, u: float) -> None:
    """The last two seconds, now at the right: filled where a foot bears."""
    w = canvas.shape[1]
    t = scenes.analysis.tracks.time_s
    k = np.flatnonzero((t >= t[i] - HISTORY_S) & (t <= t[i]))
    edges = np.append(t[k], 2 * t[i] - t[i - 1] if i else t[i] + 0.02)
    cv2.rectangle(canvas, (0, round(top)), (w, round(top + 10 * u)), EMPTY, -1)
    for j, frame in enumerate(k):
        if scenes.contact[frame]:
            x0, x1 = (round(w * (1 - (t[i] - e) / HISTORY_S)) for e in (edges[j], edges[j + 1]))
            cv2.rectangle(canvas, (x0, round(top)), (min(x1, w), round(top + 10 * u)), LINE, -1)


def _findings(canvas: Image, scene: FrameScene, top: float, u: float) -> None:
    """Faults, then borderline findings, of the rep under way."""
    if scene.rep is None:
        return
    w = canvas.shape[1]
    found = [*scene.rep.with_outcome("fault"), *scene.rep.with_outcome("borderline")]
    lines = [(f"{MARK[v.verdict]} {fault_line(v)}", BY_OUTCOME[v.verdict]) for v in found[:FINDINGS]]
    if len(found) > FINDINGS:
        words, colour = lines[-1]
        lines[-1] = (f"{words}  and {len(found) - FINDINGS} more", colour)
    for k, (words, colour) in enumerate(lines or [("ok", OK)]):
        y = top + (k + 1) * 30 * u - 6 * u
        cv2.rectangle(canvas, (round(12 * u), round(y - 18 * u)), (round(19 * u), round(y + 4 * u)), colour, -1)
        text(canvas, words, 28 * u, y, fitted_size(canvas, words, 0.95, w - 40 * u), WHITE)


def annotate(picture: Image, scenes: Scenes, i: int, line: str = "") -> Image:
    """Return frame i with its findings above and below, on a canvas of `canvas_size`.

    Parameters
    ----------
    picture : (h, w, 3) uint8
        BGR, with the figure drawn by `draw_figure` or without.
    scenes : Scenes
    i : int
    line : str
        A name or other words, written small at the top right.
    """
    scene = scenes.frame(i)
    h, w = picture.shape[:2]
    u = unit_of(picture)
    width, height = canvas_size(w, h)
    top, bottom = _strips(w, h)
    canvas = np.empty((height, width, 3), np.uint8)
    cv2.rectangle(canvas, (0, 0), (width, top), DARK, -1)
    canvas[top:bottom] = picture
    cv2.rectangle(canvas, (0, bottom), (width, height), DARK, -1)
    _header(canvas, scene, len(scenes.analysis.reps), scenes.timed, u)
    if line:
        size = fitted_size(canvas, line, 0.7, w / 2)
        text(canvas, line, w - text_width(canvas, line, size) - 16 * u, 63 * u, size, GREY)
    if scenes.timed:
        _contact_bar(canvas, scenes, i, bottom, u)
    _findings(canvas, scene, bottom + 12 * u, u)
    return canvas


def closing_card(image: Image, scenes: Scenes) -> Image:
    """The summary, over a darkened picture (a copy) of the film's size."""
    out = image.copy()
    u = unit_of(out)
    h, w = out.shape[:2]
    shade(out, 0, 0, w, h, 0.94)
    analysis = scenes.analysis
    y = 60 * u
    name = analysis.drill.name if analysis.drill else "No drill found"
    text(out, name, 24 * u, y, fitted_size(out, name, 1.3, w - 60 * u), WHITE, bold=True)
    y += 42 * u
    count = len(analysis.reps)
    text(out, "1 rep" if count == 1 else f"{count} reps", 24 * u, y, 1.1, WHITE)
    y += 46 * u
    for words, colour in summary_lines(analysis):
        if y > h - 30 * u:
            break
        size = fitted_size(out, words, 0.95, w - 70 * u)
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
