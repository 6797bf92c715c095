"""Frames of a film, upright, scaled on decode, each with its presentation time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass

import numpy as np

from plumbline.arrays import Image
from plumbline.camera import Instants
from plumbline.clip import ClipInfo
from plumbline.decoding import Order, Picture, Way, pictures_of
from plumbline.video._mirror import mirror
from plumbline.video._yuv import yuv_mirrored, yuv_turned


@dataclass(frozen=True)
class Frame:
    """One frame.

    Attributes
    ----------
    index : int
        Its place in the order shown, from 0.
    time_s : float
        Real time.
    image : (h, w, 3) or (h * 3 / 2, w) uint8
        Its picture: RGB, BGR or YUV, as it was asked for.
    change : float
        How far it differs from the one before, in levels of brightness; NaN where that is not known.
    """

    index: int
    time_s: float
    image: Image
    change: float = float("nan")


def fit_within(width: int, height: int, long_edge: int | None) -> tuple[int, int]:
    """Even size of the same shape whose longer edge is at most `long_edge`.

    Parameters
    ----------
    width, height : int
        px.
    long_edge : int or None
        px; None leaves the size, but for odd ones.

    Returns
    -------
    width, height : int
        px.
    """
    scale = 1.0 if long_edge is None else min(1.0, long_edge / max(width, height))
    return max(2, round(width * scale / 2) * 2), max(2, round(height * scale / 2) * 2)


def _upright(image: Image, clip: ClipInfo, order: Order) -> Image:
    """The picture as its makers saw it: mirrored, then turned, as the file says."""
    if clip.mirrored:
        image = yuv_mirrored(image) if order == "yuv" else mirror(image)
    if clip.rotation_deg == 0:
        return image
    if order == "yuv":
        return yuv_turned(image, clip.rotation_deg)
    return np.ascontiguousarray(np.rot90(image, k=-clip.rotation_deg // 90))


def read_frames(
    clip: ClipInfo,
    *,
    long_edge: int | None = None,
    order: Order = "rgb",
    only: Mapping[int, float] | None = None,
) -> Iterator[Frame]:
    """Decode a film frame by frame; memory does not grow with its length.

    Frames whose time stamp does not lie after the previous one are passed over; a
    missing stamp is replaced by one frame interval. A file that breaks off in the
    middle yields what can be decoded.

    Parameters
    ----------
    clip : ClipInfo
        From `probe`; its `time_scale` turns file time into real time.
    long_edge : int, optional
        Scale down on decode so that the longer edge has at most this many px.
    order : "rgb", "bgr" or "yuv"
        Of the colours; with "yuv" the picture is laid out as `video._yuv` has it.
    only : mapping of int to float, optional
        Frames to yield, and their `time_s` as an earlier pass gave it; the others are decoded where
        these need them, and nothing more.

    Yields
    ------
    Frame
        `time_s` starts at 0 with the first frame.

    Raises
    ------
    ClipError
        When not a single frame can be decoded, or the decoder dies or hangs on the file.
    """
    width, height = fit_within(clip.width, clip.height, long_edge)
    if clip.rotation_deg in (90, 270):
        width, height = height, width
    way, instants = clip.way or Way(0, 1 / clip.container_fps), clip.instants
    if only is not None:
        only = {i: float(clip.film_s(time_s)) for i, time_s in only.items()}
        if instants is not None:
            only = {int(instants.stored[i]): float(instants.stored_s[i]) for i in only}
    with closing(pictures_of(clip.path, width, height, order=order, way=way, only=only)) as pictures:
        for p in pictures:
            place = _place(p, instants)
            if place is not None:
                index, time_s = place
                yield Frame(index, float(clip.real_s(time_s)), _upright(p.image, clip, order), p.change)


def _place(p: Picture, instants: Instants | None) -> tuple[int, float] | None:
    """A picture's place and time among those that differ, None for one that was there before."""
    if instants is None:
        return p.index, p.time_s
    k = int(np.searchsorted(instants.stored, p.index))
    if k == len(instants) or instants.stored[k] != p.index:
        return None
    return k, float(instants.time_s[k])
