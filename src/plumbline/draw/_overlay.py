"""Draws one frame: skeleton, plumb line, joints, knee, contact, faults."""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import NDArray

from plumbline.analysis import Analysis
from plumbline.draw._scene import FrameScene, Scenes, fault_line
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
    unit,
    unit_of,
)
from plumbline.report import headline_metrics
from plumbline.video import to_bgr, to_yuv, yuv_part, yuv_put, yuv_size

FloatArray = NDArray[np.float64]

HISTORY_S = 2.0
# Strips above and below the picture, and lines of findings, in units of `unit_of`.
HEADER = 72
FOOTER = 112
FINDINGS = 3
EMPTY: Colour = (70, 66, 62)
SUBPIXEL_BITS = 4
# Around the figure's points, for the width of lines and the rings of joints.
ROOM = 20


def _fixed(p: FloatArray) -> tuple[int, int]:
    x, y = np.round(np.asarray(p) * (1 << SUBPIXEL_BITS)).astype(int)
    return int(x), int(y)


def _polyline(image: Image, u: float, points: FloatArray, colour: Colour, width: float) -> None:
    """Connected line with a dark edge; stops at missing points."""
    for edge, tint in ((2.2, DARK), (0.0, colour)):
        thick = max(1, round((width + edge) * u))
        for a, b in itertools.pairwise(points):
            if np.isfinite(a).all() and np.isfinite(b).all():
                cv2.line(image, _fixed(a), _fixed(b), tint, thick, cv2.LINE_AA, SUBPIXEL_BITS)


def draw_figure(
    image: Image,
    scene: FrameScene,
    scale: FloatArray,
    *,
    corner: tuple[int, int] = (0, 0),
    unit_px: float | None = None,
) -> Image:
    """Draw the skeleton into a BGR image in place; in contact, the plumb line and joint colours.

    Parameters
    ----------
    image : (h, w, 3) uint8
        A picture, or a part of one.
    scene : FrameScene
    scale : (2,)
        Image px per px of the full-size picture.
    corner : (x, y)
        Where in the picture the part begins.
    unit_px : float, optional
        `unit_of` the whole picture.
    """
    u = unit_px or unit_of(image)
    chain, foot, arm, plumb, other_leg = (part * scale - corner for part in _parts(scene))
    _polyline(image, u, arm, GREY, 2)
    _polyline(image, u, np.stack([chain[4], foot[0], foot[1], chain[4]]), WHITE, 2)
    _polyline(image, u, other_leg, WHITE, 3)
    _polyline(image, u, chain, WHITE, 3)
    if scene.contact:
        _polyline(image, u, plumb, LINE, 2)
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


def _parts(scene: FrameScene) -> tuple[FloatArray, ...]:
    return scene.chain, scene.foot, scene.arm, scene.plumb, scene.other_leg


def figure_box(scene: FrameScene, scale: FloatArray, width: int, height: int) -> tuple[int, int, int, int]:
    """Left, top, right, bottom (even) of what `draw_figure` may touch in a picture; empty without a figure."""
    points = np.concatenate(_parts(scene)) * scale
    seen = points[np.isfinite(points).all(axis=1)]
    if not len(seen):
        return 0, 0, 0, 0
    room = ROOM * unit(width, height)
    low, high = (seen.min(axis=0) - room) // 2 * 2, (seen.max(axis=0) + room) // 2 * 2
    left, top = np.clip(low, 0, [width, height]).astype(int)
    right, bottom = np.clip(high, 0, [width, height]).astype(int)
    return int(left), int(top), int(right), int(bottom)


def draw_figure_in_film(picture: Image, scene: FrameScene, scale: FloatArray) -> None:
    """Draw the skeleton into a YUV picture in place; only the part around it changes."""
    w, h = yuv_size(picture)
    box = figure_box(scene, scale, w, h)
    if box[0] < box[2] and box[1] < box[3]:
        part = to_bgr(yuv_part(picture, box))
        draw_figure(part, scene, scale, corner=box[:2], unit_px=unit(w, h))
        yuv_put(picture, to_yuv(part), *box[:2])


def draw_live(image: Image, scene: FrameScene) -> Image:
    """Draw the figure into an RGB picture of the camera, in place."""
    turned = image[..., ::-1].copy()
    image[...] = draw_figure(turned, scene, np.ones(2))[..., ::-1]
    return image


def _rows(units: float, u: float) -> int:
    """Rows of a strip: an even number, for colours lie at half size."""
    return max(round(units * u / 2) * 2, 2)


def canvas_size(width: int, height: int) -> tuple[int, int]:
    """Size of the film for a picture: a strip above and below, so that nothing covers the athlete."""
    u = unit(width, height)
    return width, _rows(HEADER, u) + height + _rows(FOOTER, u)


def _strip(width: int, height: int) -> Image:
    # OpenCV fills it twenty times as fast as NumPy spreads a colour.
    return np.asarray(cv2.rectangle(np.empty((height, width, 3), np.uint8), (0, 0), (width, height), DARK, -1))


def _header(strip: Image, scene: FrameScene, total: int, timed: bool, u: float) -> None:
    """Rep number, knee angle and velocity, contact or flight."""
    w = strip.shape[1]
    title = f"REP {scene.rep.rep.index} of {total}" if scene.rep else f"{total} reps" if total != 1 else "1 rep"
    text(strip, u, title, 14 * u, 31 * u, 1.25, WHITE, bold=True)
    if np.isfinite(scene.knee_deg):
        speed = f"{scene.knee_deg_s:+5.0f} deg/s" if np.isfinite(scene.knee_deg_s) else ""
        text(strip, u, f"knee {scene.knee_deg:3.0f} deg   {speed}", 14 * u, 60 * u, 0.95, WHITE)
    if timed:
        word, colour = ("CONTACT", LINE) if scene.contact else ("FLIGHT", GREY)
        x = w - text_width(u, word, 1.0, bold=True) - 24 * u
        cv2.rectangle(strip, (round(x - 8 * u), round(14 * u)), (w - round(8 * u), round(48 * u)), colour, -1)
        text(strip, u, word, x, 39 * u, 1.0, DARK, bold=True)


def _contact_bar(strip: Image, scenes: Scenes, i: int, u: float) -> None:
    """The last two seconds, now at the right: filled where a foot bears."""
    w = strip.shape[1]
    t = scenes.analysis.tracks.time_s
    first = int(np.searchsorted(t, t[i] - HISTORY_S))
    bears = np.concatenate([[False], scenes.contact[first : i + 1], [False]])
    edges = np.append(t[first : i + 1], 2 * t[i] - t[i - 1] if i else t[i] + 0.02)
    x = np.round(w * (1 - (t[i] - edges) / HISTORY_S)).astype(int)
    cv2.rectangle(strip, (0, 0), (w, round(10 * u)), EMPTY, -1)
    for x0, x1 in x[np.flatnonzero(np.diff(bears))].reshape(-1, 2):
        cv2.rectangle(strip, (int(x0), 0), (min(int(x1), w), round(10 * u)), LINE, -1)


def _findings(strip: Image, scene: FrameScene, top: float, u: float) -> None:
    """Faults, then borderline findings, of the rep under way."""
    if scene.rep is None:
        return
    w = strip.shape[1]
    found = [*scene.rep.with_outcome("fault"), *scene.rep.with_outcome("borderline")]
    lines = [(f"{MARK[v.verdict]} {fault_line(v)}", BY_OUTCOME[v.verdict]) for v in found[:FINDINGS]]
    if len(found) > FINDINGS:
        words, colour = lines[-1]
        lines[-1] = (f"{words}  and {len(found) - FINDINGS} more", colour)
    for k, (words, colour) in enumerate(lines or [("ok", OK)]):
        y = top + (k + 1) * 30 * u - 6 * u
        cv2.rectangle(strip, (round(12 * u), round(y - 18 * u)), (round(19 * u), round(y + 4 * u)), colour, -1)
        text(strip, u, words, 28 * u, y, fitted_size(u, words, 0.95, w - 40 * u), WHITE)


def annotate(picture: Image, scenes: Scenes, i: int, line: str = "") -> Image:
    """Return frame i with its findings above and below, as YUV of `canvas_size`.

    Parameters
    ----------
    picture : (3 h / 2, w) uint8
        YUV, with the figure drawn or without.
    scenes : Scenes
    i : int
    line : str
        A name or other words, written small at the top right.
    """
    scene = scenes.frame(i)
    w, h = yuv_size(picture)
    u = unit(w, h)
    top, bottom = _rows(HEADER, u), _rows(FOOTER, u)
    above, below = _strip(w, top), _strip(w, bottom)
    _header(above, scene, len(scenes.analysis.reps), scenes.timed, u)
    if line:
        size = fitted_size(u, line, 0.7, w / 2)
        text(above, u, line, w - text_width(u, line, size) - 16 * u, 63 * u, size, GREY)
    if scenes.timed:
        _contact_bar(below, scenes, i, u)
    _findings(below, scene, 12 * u, u)
    canvas = np.empty(((top + h + bottom) * 3 // 2, w), np.uint8)
    for part, row in ((to_yuv(above), 0), (picture, top), (to_yuv(below), top + h)):
        yuv_put(canvas, part, 0, row)
    return canvas


def closing_card(canvas: Image, scenes: Scenes) -> Image:
    """The summary, over a darkened copy of a YUV picture of the film's size."""
    out = to_bgr(canvas)
    u = unit_of(out)
    h, w = out.shape[:2]
    shade(out, 0, 0, w, h, 0.94)
    analysis = scenes.analysis
    y = 60 * u
    name = analysis.drill.name if analysis.drill else "No drill found"
    text(out, u, name, 24 * u, y, fitted_size(u, name, 1.3, w - 60 * u), WHITE, bold=True)
    y += 42 * u
    count = len(analysis.reps)
    text(out, u, "1 rep" if count == 1 else f"{count} reps", 24 * u, y, 1.1, WHITE)
    y += 46 * u
    for words, colour in summary_lines(analysis):
        if y > h - 30 * u:
            break
        size = fitted_size(u, words, 0.95, w - 70 * u)
        cv2.rectangle(out, (round(24 * u), round(y - 18 * u)), (round(30 * u), round(y + 4 * u)), colour, -1)
        text(out, u, words, 40 * u, y, size, WHITE)
        y += 34 * u
    return to_yuv(out)


def summary_lines(analysis: Analysis) -> list[tuple[str, Colour]]:
    """Means with their spread over the reps, then faults with their reps."""
    out: list[tuple[str, Colour]] = []
    for label in headline_metrics(set(analysis.summary)):
        s = analysis.summary[label.name]
        words = f"{label.label}  {label.with_sd(s.mean, s.sd)} {label.unit}"
        out.append((words, GREY))
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
