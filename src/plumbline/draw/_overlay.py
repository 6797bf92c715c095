"""Draws one frame: skeleton, plumb line, joints, knee, contact, faults."""

from __future__ import annotations

import itertools

import numpy as np

from plumbline.analysis import Analysis
from plumbline.arrays import FloatArray
from plumbline.catalogue import headline_metrics
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
    text,
    text_width,
    unit,
    unit_of,
)
from plumbline.faults import judged_share, ranked
from plumbline.language import N_, _, ngettext, say
from plumbline.messages import reps_named
from plumbline.video import to_bgr, to_yuv, yuv_part, yuv_put, yuv_size

HISTORY_S = 2.0
# Strips above and below the picture, and lines of findings, in units of `unit_of`.
HEADER = 116
FOOTER = 112
FINDINGS = 3
NAME_SIZE = 1.3
MEANING = N_("± is the standard uncertainty of a number")
# What stands in the place of a rep's findings where there are none, by how much of it was judged.
NOTHING = {
    "all": (N_("no faults"), OK),
    "part": (N_("no faults, not all judged"), GREY),
    "none": (N_("not judged"), GREY),
}
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

    Returns
    -------
    (h, w, 3) uint8
        The same `image`.
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
    """Draw the skeleton into a YUV picture in place; only the part around it changes.

    Parameters
    ----------
    picture : (h * 3 / 2, w) uint8
    scene : FrameScene
    scale : (2,)
        Picture px per px of the full-size picture.
    """
    w, h = yuv_size(picture)
    box = figure_box(scene, scale, w, h)
    if box[0] < box[2] and box[1] < box[3]:
        part = to_bgr(yuv_part(picture, box))
        draw_figure(part, scene, scale, corner=box[:2], unit_px=unit(w, h))
        yuv_put(picture, to_yuv(part), *box[:2])


def draw_live(image: Image, scene: FrameScene) -> Image:
    """Draw the figure into a picture of the camera, in place.

    Parameters
    ----------
    image : (h, w, 3) uint8
        RGB.
    scene : FrameScene

    Returns
    -------
    (h, w, 3) uint8
        The same `image`.
    """
    turned = image[..., ::-1].copy()
    image[...] = draw_figure(turned, scene, np.ones(2))[..., ::-1]
    return image


def _rows(units: float, u: float) -> int:
    """Rows of a strip: an even number, for colours lie at half size."""
    return max(round(units * u / 2) * 2, 2)


def header_rows(width: int, height: int) -> int:
    """Rows of the film above a picture of that size."""
    return _rows(HEADER, unit(width, height))


def canvas_size(width: int, height: int) -> tuple[int, int]:
    """Size of the film for a picture: a strip above and below, so that nothing covers the athlete."""
    u = unit(width, height)
    return width, _rows(HEADER, u) + height + _rows(FOOTER, u)


def _strip(width: int, height: int) -> Image:
    # OpenCV fills it twenty times as fast as NumPy spreads a colour.
    return np.asarray(cv2.rectangle(np.empty((height, width, 3), np.uint8), (0, 0), (width, height), DARK, -1))


def _header(strip: Image, scene: FrameScene, scenes: Scenes, u: float, room: float) -> None:
    """Rep number, knee angle and velocity; contact or flight up to `room` px."""
    reps = scenes.analysis.reps
    title = ngettext("{n} rep", "{n} reps", len(reps))
    if scene.rep:  # numbers stay as they are when a rep is deleted
        title = _("REP {n}", n=scene.rep.rep.index)
        if [m.rep.index for m in reps] == list(range(1, len(reps) + 1)):
            title = _("REP {n} of {total}", n=scene.rep.rep.index, total=len(reps))
    text(strip, u, title, 14 * u, 34 * u, 1.25, WHITE, bold=True)
    if np.isfinite(scene.knee_deg):
        speed = f"{scene.knee_deg_s:+5.0f} °/s" if np.isfinite(scene.knee_deg_s) else ""
        text(strip, u, _("knee {angle:.0f}°", angle=scene.knee_deg) + f"   {speed}", 14 * u, 66 * u, 1.0, WHITE)
    if scenes.timed:
        word, colour = (_("CONTACT"), LINE) if scene.contact else (_("FLIGHT"), GREY)
        x = room - text_width(u, word, 1.0, bold=True) - 8 * u
        cv2.rectangle(strip, (round(x - 8 * u), round(12 * u)), (round(room), round(46 * u)), colour, -1)
        text(strip, u, word, x, 37 * u, 1.0, DARK, bold=True)


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


def _findings(strip: Image, scenes: Scenes, scene: FrameScene, top: float, u: float) -> None:
    """Faults, then borderline findings, of the rep under way; after the last rep, the clip summed up."""
    w = strip.shape[1]
    if scene.rep is not None:
        nothing, colour = NOTHING[judged_share(scene.rep.verdicts, scenes.judged)]
        found = [*scene.rep.with_outcome("fault"), *scene.rep.with_outcome("borderline")]
        lines = [(f"{MARK[v.verdict]} {fault_line(v)}", BY_OUTCOME[v.verdict]) for v in found] or [
            (say(nothing), colour)
        ]
    elif scenes.over(scene.time_s):
        lines = [*summary_lines(scenes.analysis)[: FINDINGS - 1], (say(MEANING), GREY)]
    else:
        return
    if len(lines) > FINDINGS:
        words, colour = lines[FINDINGS - 1]
        lines = [*lines[: FINDINGS - 1], (f"{words}  +{len(lines) - FINDINGS}", colour)]
    for k, (words, colour) in enumerate(lines):
        y = top + (k + 1) * 30 * u - 6 * u
        cv2.rectangle(strip, (round(12 * u), round(y - 18 * u)), (round(19 * u), round(y + 4 * u)), colour, -1)
        text(strip, u, words, 28 * u, y, fitted_size(u, words, 0.95, w - 40 * u), WHITE)


def annotate(picture: Image, scenes: Scenes, i: int, line: str = "", logo: Image | None = None) -> Image:
    """Frame i with its findings above and below.

    Parameters
    ----------
    picture : (h * 3 / 2, w) uint8
        YUV, with the figure drawn or without.
    scenes : Scenes
    i : int
        The frame's number, from 0.
    line : str
        A name or other words, written at the top right.
    logo : (h, w, 4) uint8, optional
        A club's sign, BGR and coverage, beside it.

    Returns
    -------
    (h * 3 / 2, w) uint8
        YUV of `canvas_size`.
    """
    scene = scenes.frame(i)
    w, h = yuv_size(picture)
    u = unit(w, h)
    top, bottom = _rows(HEADER, u), _rows(FOOTER, u)
    above, below = _strip(w, top), _strip(w, bottom)
    room = put_logo(above, logo, 6 * u) if logo is not None else w - 14 * u
    _header(above, scene, scenes, u, room)
    if line:
        size = fitted_size(u, line, NAME_SIZE, room - 14 * u, bold=True)
        text(above, u, line, 14 * u, 103 * u, size, WHITE, bold=True)
    if scenes.timed:
        _contact_bar(below, scenes, i, u)
    _findings(below, scenes, scene, 12 * u, u)
    canvas = np.empty(((top + h + bottom) * 3 // 2, w), np.uint8)
    for part, row in ((to_yuv(above), 0), (picture, top), (to_yuv(below), top + h)):
        yuv_put(canvas, part, 0, row)
    return canvas


def put_logo(strip: Image, logo: Image, edge: float) -> float:
    """Put a sign at the right end of a strip, as high as it; where it begins, less a gap, px."""
    tall = strip.shape[0] - 2 * round(edge)
    wide = max(round(logo.shape[1] * tall / logo.shape[0]), 1)
    share = min(1.0, strip.shape[1] / 3 / wide)  # a wide one is smaller, in its own shape
    small = cv2.resize(logo, (round(wide * share), max(round(tall * share), 1)), interpolation=cv2.INTER_AREA)
    left = strip.shape[1] - round(edge) - small.shape[1]
    top = (strip.shape[0] - small.shape[0]) // 2
    part = strip[top : top + small.shape[0], left : left + small.shape[1]]
    cover = small[..., 3:].astype(np.uint16)
    part[:] = (part * (255 - cover) + small[..., :3] * cover) // 255
    return left - 2 * edge


def summary_lines(analysis: Analysis) -> list[tuple[str, Colour]]:
    """Means with their uncertainty, then faults with their reps."""
    out: list[tuple[str, Colour]] = []
    for label in headline_metrics(set(analysis.summary)):
        s = analysis.summary[label.name]
        words = f"{label.label}  {label.with_sd(s.mean, s.mean_sd or s.sd)} {label.unit}"
        out.append((words, GREY))
    labels = {v.fault: v.label for v in [*(v for m in analysis.reps for v in m.verdicts), *analysis.clip_verdicts]}
    of_set = {v.fault for v in analysis.clip_verdicts if v.verdict == "fault"}
    faults: list[tuple[str, Colour]] = []
    for fault in ranked([m.verdicts for m in analysis.reps], analysis.clip_verdicts, analysis.called | of_set):
        on = [m.rep.index for m in analysis.reps for v in m.verdicts if (v.fault, v.verdict) == (fault, "fault")]
        faults.append((f"! {say(labels[fault])}: " + (reps_named(on) if on else _("whole set")), FAULT))
    if analysis.reps and not faults:
        faults = [_without_faults(analysis)]
    return faults + out


def _without_faults(analysis: Analysis) -> tuple[str, Colour]:
    if not analysis.judged:
        return (_("Not judged: no limit applies") if analysis.sure else _("Not judged: the drill is not sure")), GREY
    single = any(m.with_outcome("fault") for m in analysis.reps)
    return (_("No fault in the set as a whole"), GREY) if single else (_("No faults found"), OK)
