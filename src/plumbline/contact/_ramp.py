"""Catches films that change their speed: phones write slow motion with normal speed at head and tail."""

from __future__ import annotations

import numpy as np

from plumbline.arrays import FloatArray
from plumbline.camera import Ramp
from plumbline.contact._flight import Flight, clip_gravity
from plumbline.contact._flights import find_flights
from plumbline.contact._heights import Heights, foot_heights
from plumbline.contact._rate import coherent, factors, slower
from plumbline.contact._settings import CONTACT
from plumbline.signals import CleanPose


def find_ramp(pose: CleanPose, time_scale: float) -> Ramp | None:
    """Find where a film is slowed, that has flights on its own clock before or after it.

    Parameters
    ----------
    pose : CleanPose
        On the clock that the film is taken to have.
    time_scale : float
        Real seconds on that clock per second of the file, no unit.

    Returns
    -------
    Ramp or None
        On the file's own clock; None where every stretch runs at one rate.
    """
    h = slower(foot_heights(pose), time_scale)
    if len(h.time_s) < CONTACT.ramp_usual_steps + _slow_reach():
        return None
    usual = find_flights(h)[0]
    if len(usual) < CONTACT.ramp_flights:
        return None
    found: list[tuple[float, Ramp]] = []
    for factor in factors(1 / float(np.median(np.diff(h.time_s)))):
        slowed = find_flights(slower(h, factor))[0]
        if len(slowed) < CONTACT.ramp_flights or not coherent(slowed):
            continue
        unlike = abs(float(np.log(clip_gravity(slowed) / clip_gravity(usual))))
        around = _around(h, usual, slowed, factor)
        if unlike < CONTACT.ramp_alike_share and around is not None:
            found.append((unlike, _at_edges(pose, h.time_s, around, factor)))
    return min(found, key=lambda f: f[0])[1] if found else None


def _around(
    h: Heights, usual: list[Flight], slowed: list[Flight], factor: float
) -> tuple[tuple[float, float], tuple[float, float]] | None:
    """Between which instants a ramp begins and ends; None where flights of both clocks lie among each other."""
    first_s, last_s = slowed[0].apex_s * factor, slowed[-1].apex_s * factor
    # A flight in which the speed changes is one on both clocks.
    before, after = [f for f in usual if f.apex_s < first_s], [f for f in usual if f.apex_s > last_s]
    if len(before) + len(after) < len(usual):
        return None
    begins = (before[-1].apex_s, first_s) if before else (h.time_s[0], h.time_s[0])
    ends = (last_s, after[0].apex_s) if after else (h.time_s[-1], h.time_s[-1])
    return begins, ends


def _at_edges(
    pose: CleanPose, time_s: FloatArray, around: tuple[tuple[float, float], tuple[float, float]], factor: float
) -> Ramp:
    """The ramp with its edges at the pictures with which the body's steps change, and its way goes on evenly."""
    begins, ends = ([int(np.searchsorted(time_s, x)) for x in edge] for edge in around)
    way, step_s, last = pose.raw / pose.body_height_px * 100, float(np.median(np.diff(time_s))), len(time_s) - 1
    begin = _edge(way, step_s, factor, *begins)
    end = last - _edge(way[::-1], step_s, factor, last - ends[1], last - ends[0])
    return Ramp(float(time_s[begin]), float(time_s[end]), factor)


def _edge(way: FloatArray, step_s: float, factor: float, low: int, high: int) -> int:
    """The frame, from low to high, up to which a way (n, k, 2) is at usual speed, and after which it is slowed."""
    first, last = max(low, CONTACT.ramp_usual_steps), min(high, len(way) - 1 - _slow_reach())
    places = range(first, last + 1)
    if low >= high or not places:
        return low
    rough = max(places, key=lambda k: _contrast(way, k))
    near = [k for k in places if abs(k - rough) <= CONTACT.ramp_roughly_frames]
    return min(near, key=lambda k: _unevenness(way, k, step_s, factor) / np.sqrt(_contrast(way, k)))


def _slow_reach() -> int:
    """Slowed pictures over which steps are read."""
    return CONTACT.ramp_slow_steps * CONTACT.ramp_slow_reaches


def _size(steps: FloatArray) -> float:
    return float(np.sqrt(np.nanmean(np.sum(steps**2, axis=-1))))


def _contrast(way: FloatArray, k: int) -> float:
    """Steps from picture to picture before a frame over those after it, which noise must not fill."""
    steps = CONTACT.ramp_slow_steps
    usual = (_size(np.diff(way[k - CONTACT.ramp_usual_steps : k + 1], axis=0)) + _size(way[k] - way[k - 1])) / 2
    slow = _size(np.diff(way[k : k + _slow_reach() + 1 : steps], axis=0)) / steps
    return usual / max(slow, 1e-9)


def _unevenness(way: FloatArray, k: int, step_s: float, factor: float) -> float:
    """How far a way is from the nearest polynomial on the clock that changes at a frame, %BH²."""
    since = np.arange(len(way)) - k
    t = np.where(since < 0, since, since / factor) * step_s / CONTACT.ramp_reach_s
    near = np.abs(t) <= 1
    t, y = t[near], way[near].reshape(int(near.sum()), -1)
    # Both sides count alike, however many pictures each has.
    weight = np.sqrt(np.where(t < 0, 1.0, (t < 0).sum() / (t >= 0).sum()))[:, None]
    a, y = np.vander(t, CONTACT.ramp_degree + 1) * weight, y[:, np.isfinite(y).all(axis=0)]
    y = (y - y.mean(axis=0)) * weight
    left = y - a @ np.linalg.lstsq(a, y, rcond=None)[0]
    return float(np.square(left).sum(axis=0).mean() / np.square(weight).sum()) + CONTACT.ramp_least_unevenness
