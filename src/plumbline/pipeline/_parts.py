"""A film that changes its speed, measured at both rates: all of it at the usual one, the slowed part at its own."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from plumbline.arrays import FloatArray
from plumbline.clip import ClipInfo
from plumbline.contact import Contact, Contacts
from plumbline.pipeline._setting import Setting
from plumbline.pipeline._settings import PIPELINE
from plumbline.pose import Footage, PoseSequence
from plumbline.reps import Rep


def parts_of(pose: PoseSequence, footage: Footage, clip: ClipInfo) -> list[tuple[PoseSequence, Footage]]:
    """Frames of one rate each: of a film of even speed all, else some of all of it, then all of the slowed part."""
    if clip.ramp is None:
        return [(pose, footage)]
    start_s, end_s = clip.real_s(np.array([clip.ramp.start_s, clip.ramp.end_s]))
    slowed = np.flatnonzero((start_s <= pose.time_s) & (pose.time_s <= end_s))
    even = _spaced(pose.time_s, PIPELINE.even_step_share / clip.container_fps)
    return [(pose.at(k), replace(footage, camera=footage.camera.at(k))) for k in (even, slowed) if len(k)]


def _spaced(time_s: FloatArray, least_s: float) -> NDArray[np.int_]:
    """Frames no two of which lie closer than so many seconds."""
    kept = [0]
    for k in range(1, len(time_s)):
        if time_s[k] - time_s[kept[-1]] >= least_s:
            kept.append(k)
    return np.array(kept)


def part_for(rep: Rep, parts: list[Setting]) -> Setting:
    """The finest part that holds all of a rep."""
    return next(p for p in reversed(parts) if p is parts[0] or _within(rep, p))


def _within(rep: Rep, part: Setting) -> bool:
    return bool(part.tracks.time_s[0] <= rep.start_s and rep.end_s <= part.tracks.time_s[-1])


def joined_reps(coarse: tuple[Rep, ...], fine: tuple[Rep, ...], part: Setting, frame_s: float) -> tuple[Rep, ...]:
    """Reps of the whole film, with those of the slowed part in the place of their like, numbered anew.

    Parameters
    ----------
    coarse, fine : tuple of Rep
        Of the whole film, and of its slowed part.
    part : Setting
        The slowed part.
    frame_s : float
        Interval of the whole film's frames.
    """
    out = []
    for rep in coarse:
        same = [f for f in fine if abs(f.key_s - rep.key_s) < PIPELINE.same_rep_s and _events(f) >= _events(rep)]
        out.append(same[0] if same and _within(same[0], part) else _vaguer(rep, part, frame_s))
    known = [r.key_s for r in coarse]
    out += [f for f in fine if _within(f, part) and all(abs(f.key_s - k) >= PIPELINE.same_rep_s for k in known)]
    return tuple(replace(r, index=k) for k, r in enumerate(sorted(out, key=lambda r: r.start_s), 1))


def _events(rep: Rep) -> int:
    return int(np.isfinite([rep.touchdown_s, rep.toe_off_s, rep.landing_s]).sum())


def _vaguer(rep: Rep, part: Setting, frame_s: float) -> Rep:
    """A rep over which the speed changes: what lies beyond that picture is known no better than the picture."""
    edges = part.tracks.time_s[[0, -1]]
    if not any(rep.start_s < edge < rep.end_s for edge in edges):
        return rep
    sd_s = PIPELINE.ramp_edge_frames * frame_s
    return replace(
        rep,
        toe_off_sd_s=float(np.hypot(rep.toe_off_sd_s, sd_s)),
        landing_sd_s=float(np.hypot(rep.landing_sd_s, sd_s)),
    )


def joined_contacts(coarse: Contacts, fine: Contacts) -> Contacts:
    """Contacts of the whole film, with those seen whole in the slowed part in the place of their like."""

    def like(c: Contact) -> Contact:
        same = [f for f in fine.items if f.whole and abs(f.touchdown_s - c.touchdown_s) < PIPELINE.same_rep_s]
        return same[0] if same else c

    return replace(coarse, items=tuple(like(c) for c in coarse.items))
