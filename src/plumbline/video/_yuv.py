"""Pictures in the form they are encoded in, so that only what is drawn on changes its form.

A YUV picture is an array (3 h / 2, w) of uint8 with even w and h, laid out as I420: brightness,
then two planes of colour at half the size. To BGR and back by ITU-R BT.601, limited range.
"""

from __future__ import annotations

import numpy as np

from plumbline.arrays import Image
from plumbline.errors import opencv_libraries

with opencv_libraries():
    import cv2

Box = tuple[int, int, int, int]


def yuv_size(picture: Image) -> tuple[int, int]:
    """Width and height in px of a YUV `picture` (h * 3 / 2, w)."""
    return picture.shape[1], picture.shape[0] * 2 // 3


def yuv_planes(picture: Image) -> tuple[Image, Image, Image]:
    """The planes of a YUV picture.

    Parameters
    ----------
    picture : (h * 3 / 2, w) uint8

    Returns
    -------
    y, u, v : (h, w), (h / 2, w / 2), (h / 2, w / 2) uint8
        Views of brightness and of the two colours.
    """
    w, h = yuv_size(picture)
    u, v = picture.reshape(-1)[w * h :].reshape(2, h // 2, w // 2)
    return picture[:h], u, v


def yuv_of(y: Image, u: Image, v: Image) -> Image:
    """The picture made of three planes (a copy)."""
    return np.concatenate([plane.reshape(-1) for plane in (y, u, v)]).reshape(-1, y.shape[1])


def yuv_blank(width: int, height: int, bgr: tuple[int, int, int]) -> Image:
    """A YUV picture of one colour.

    Parameters
    ----------
    width, height : int
        Even, px.
    bgr : tuple of int
        Blue, green, red, 0 to 255.

    Returns
    -------
    (h * 3 / 2, w) uint8
    """
    colour = np.asarray(cv2.cvtColor(np.full((2, 2, 3), bgr, np.uint8), cv2.COLOR_BGR2YUV_I420)).reshape(-1)
    out = np.empty((height * 3 // 2, width), np.uint8)
    for plane, value in zip(yuv_planes(out), colour[[0, 4, 5]], strict=True):
        plane[:] = value
    return out


def yuv_part(picture: Image, box: Box) -> Image:
    """A part of a YUV picture.

    Parameters
    ----------
    picture : (h * 3 / 2, w) uint8
    box : tuple of int
        Left, top, right, bottom in px, all even.

    Returns
    -------
    (h * 3 / 2, w) uint8
        A copy, of the box's size.
    """
    left, top, right, bottom = box
    y, u, v = yuv_planes(picture)
    half = slice(top // 2, bottom // 2), slice(left // 2, right // 2)
    return yuv_of(y[top:bottom, left:right], u[half], v[half])


def yuv_put(picture: Image, part: Image, left: int, top: int) -> None:
    """Put a part into a YUV picture in place.

    Parameters
    ----------
    picture : (h * 3 / 2, w) uint8
    part : (h * 3 / 2, w) uint8
        Smaller than the picture.
    left, top : int
        Where its corner comes to lie, px, even.
    """
    w, h = yuv_size(part)
    for k, (plane, piece) in enumerate(zip(yuv_planes(picture), yuv_planes(part), strict=True)):
        s = 1 if k == 0 else 2
        plane[top // s : (top + h) // s, left // s : (left + w) // s] = piece


def yuv_turned(picture: Image, degrees: int) -> Image:
    """The picture turned clockwise by 90, 180 or 270 degrees."""
    y, u, v = (np.rot90(plane, k=-degrees // 90) for plane in yuv_planes(picture))
    return yuv_of(y, u, v)


def yuv_mirrored(picture: Image) -> Image:
    """The picture with left and right exchanged."""
    y, u, v = (plane[:, ::-1] for plane in yuv_planes(picture))
    return yuv_of(y, u, v)


def to_bgr(picture: Image) -> Image:
    """A YUV `picture` (h * 3 / 2, w) in colours (h, w, 3)."""
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_YUV2BGR_I420), np.uint8)


def to_yuv(image: Image) -> Image:
    """A BGR `image` (h, w, 3) of even size as YUV (h * 3 / 2, w)."""
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2YUV_I420), np.uint8)
