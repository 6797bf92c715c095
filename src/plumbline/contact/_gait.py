"""Steps of running, each leg by itself: flights too short to prove a fall are told by how the legs swing.

A foot is farthest ahead of the hip shortly before it lands, and farthest behind shortly after it leaves
(Zeni et al. 2008, Gait & Posture 27: 710, for walking and treadmill running). The legs take turns, so
that the extremes of one foot against the other, smoothed over a good part of a step, give every step and
its leg; whether left and right are exchanged in single frames does not matter to them. The instants
themselves are fitted to that foot's own height.

What tells running from walking is the mass centre: it is highest between the contacts of a run and
lowest between those of a walk (Cavagna et al. 1976, J Physiol 262: 639).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from plumbline.arrays import FloatArray
from plumbline.contact._flight import Flight
from plumbline.contact._heights import Heights
from plumbline.contact._settings import CONTACT
from plumbline.pose import LEG, SIDES, Side, other
from plumbline.signals import CleanPose, cutoff_for, low_pass, tops


@dataclass(frozen=True)
class Step:
    """One contact as first guessed."""

    side: Side
    down_s: float
    up_s: float


@dataclass(frozen=True)
class Gait:
    """How the legs take turns.

    Attributes
    ----------
    steps : tuple of Step
        In order.
    bounce_pct_bh : float
        Mass centre between the contacts over that in mid-contact: positive in running, negative in walking.
    last : Step or None
        The contact after them that the film begins to show: its end is a guess.

    References
    ----------
    Cavagna et al. 1976, J Physiol 262: 639 (the bounce).
    """

    steps: tuple[Step, ...]
    bounce_pct_bh: float
    last: Step | None = None

    @property
    def step_s(self) -> float:
        """Median time from one touchdown to the next; NaN below two steps."""
        return float(np.median(np.diff([s.down_s for s in self.steps]))) if len(self.steps) > 1 else np.nan

    @property
    def contact_s(self) -> float:
        """Median contact; NaN without a step."""
        return float(np.median([s.up_s - s.down_s for s in self.steps])) if self.steps else np.nan

    @property
    def walks(self) -> bool:
        """Whether contacts are as long as steps, so that a foot is always down."""
        return self.contact_s >= CONTACT.max_duty * self.step_s

    def leaps(self, flights: Sequence[Flight]) -> bool:
        """Whether most of its steps end in `flights` that show a fall, longer and higher than a runner's: bounding."""
        within = [f for f in flights if self.holds(f.apex_s) and np.isfinite(f.end_s - f.start_s)]
        if not within or len(within) <= CONTACT.leaping_share * (len(self.steps) - 1):
            return False
        length, lift = np.median([(f.end_s - f.start_s, f.lift_pct) for f in within], axis=0)
        return bool(length > CONTACT.leap_flight_s and lift > CONTACT.leap_lift_pct_bh)

    def holds(self, time_s: float) -> bool:
        """Whether the instant `time_s` lies within the steps."""
        return bool(self.steps) and self.steps[0].down_s <= time_s <= self.steps[-1].up_s

    @property
    def bounces(self) -> bool:
        """Whether the mass centre is highest between the contacts, as in running."""
        return self.bounce_pct_bh > CONTACT.min_bounce_pct_bh

    @property
    def runs(self) -> bool:
        """Whether the mass centre bounces, and contacts leave time for flights, as in running."""
        return self.bounces and not self.walks


def _ahead(pose: CleanPose) -> dict[Side, FloatArray] | None:
    """How far each foot (n,) is ahead of the hips, %BH, low-passed; None where feet point at the camera."""
    smooth = low_pass(pose.time_s, pose.raw[..., 0], cutoff_for(pose.fps, CONTACT.swing_cutoff_hz))
    toes, heels = (np.stack([smooth[:, LEG[s][k]] for s in SIDES]) for k in (4, 3))
    foot = np.nanmedian(toes - heels) if np.isfinite(toes - heels).any() else np.nan
    if not abs(foot) >= CONTACT.min_foot_pct_bh / 100 * pose.body_height_px:
        return None
    forward = np.sign(foot)
    hips = np.mean([smooth[:, LEG[s][0]] for s in SIDES], axis=0)
    return {s: forward * (toe - hips) / pose.body_height_px * 100 for s, toe in zip(SIDES, toes, strict=True)}


def _turns(gap: FloatArray, fps: float) -> list[tuple[int, Side]]:
    """Frames in which one foot is farthest ahead of the other, and which; they take turns."""
    apart = round(CONTACT.turns_apart_steps * CONTACT.step_least_s * fps)
    found: list[tuple[int, Side]] = []
    for sign, side in ((1.0, SIDES[0]), (-1.0, SIDES[1])):
        found += [(int(k), side) for k in tops(sign * gap, CONTACT.min_swing_pct_bh / 2, apart)]
    found.sort()
    kept: list[tuple[int, Side]] = []
    for k, side in found:
        if kept and kept[-1][1] == side:
            if abs(gap[k]) > abs(gap[kept[-1][0]]):
                kept[-1] = (k, side)
            continue
        kept.append((k, side))
    return kept


def _farthest(x: FloatArray, k: int, reach: int) -> int:
    """Frame of the largest value around a frame; -1 where that frame is unseen, and the largest value is an edge."""
    first = max(k - reach, 0)
    part = x[first : k + reach + 1]
    if not np.isfinite(part).any():
        return -1
    begin, end = np.flatnonzero(np.isfinite(x))[[0, -1]]
    found = first + int(np.nanargmax(part))
    return found if begin <= k <= end or begin < found < end else -1


def _steps(
    turns: list[tuple[int, Side]], ahead: dict[Side, FloatArray], t: FloatArray, fps: float
) -> tuple[list[Step], Step | None]:
    """The contact of each turn, from when its foot is farthest ahead to when it is farthest behind; one begun last.

    The turns before the first one and after the last one lie where they would be; the film may show half of them.
    """
    (k0, first), (k1, final) = turns[0], turns[-1]
    usual = float(np.median(np.diff(t[[k for k, _ in turns]])))
    reach, one = (max(1, round(share * usual * fps)) for share in (CONTACT.turn_share, 1.0))
    whole = [(k0 - one, other(first)), *turns, (k1 + one, other(final))]
    follows = [
        t[min(b, len(t) - 1)] - t[max(a, 0)] < CONTACT.longest_step * usual for (a, _), (b, _) in pairwise(whole)
    ]
    follows[0] = follows[1]  # before a pause there is no turn that was not seen
    steps = []
    for (a, side), (b, _), next_is_seen in zip(whole, whole[1:], follows, strict=False):
        down, up = _farthest(ahead[side], a, reach), _farthest(-ahead[side], b, reach)
        if not next_is_seen or down < 0 or up < 0:
            continue  # a step in between was not seen, the film ends, or the runner leaves
        begun, ended = float(t[down]) + CONTACT.lands_after_s, float(t[up]) - CONTACT.leaves_before_s
        if ended - begun > CONTACT.step_least_s / 3:
            steps.append(Step(side, begun, ended))
    down = _farthest(ahead[final], k1, reach)
    begun = float(t[down]) + CONTACT.lands_after_s
    cut = follows[-2] and bool(steps) and steps[-1].down_s < begun - usual / 2  # it is none of those
    return steps, Step(final, begun, begun + usual / 2) if cut and down >= 0 else None


def find_gait(pose: CleanPose, h: Heights) -> Gait | None:
    """The steps of legs that swing past each other in turns; None where they do not.

    Parameters
    ----------
    pose : CleanPose
    h : Heights
        Of the same pose.

    Returns
    -------
    Gait or None

    References
    ----------
    Zeni et al. 2008, Gait & Posture 27: 710.
    """
    t = h.time_s
    ahead = _ahead(pose) if len(t) >= CONTACT.min_frames else None
    if ahead is None:
        return None
    turns = _turns(ahead[SIDES[0]] - ahead[SIDES[1]], pose.fps)
    if len(turns) < CONTACT.min_steps:
        return None
    frames = np.array([k for k, _ in turns])
    behind = np.median([ahead[other(side)][k] for k, side in turns])
    usual = np.median(np.diff(t[frames]))
    if not CONTACT.step_least_s <= usual <= 2 * CONTACT.step_most_s or behind > -CONTACT.min_behind_pct_bh:
        return None
    steps, last = _steps(turns, ahead, t, pose.fps)
    return Gait(tuple(steps), _bounce(steps, h, float(usual)), last)


def _bounce(steps: list[Step], h: Heights, usual_s: float) -> float:
    """Median height of the mass centre midway between contacts over that in their middles, %BH; NaN unseen."""
    known = np.isfinite(h.centre)
    if not known.any():
        return np.nan
    found = []
    for a, b in pairwise(steps):
        if b.down_s - a.down_s < CONTACT.longest_step * usual_s:  # no step between them was missed
            at = [(a.down_s + a.up_s) / 2, (a.up_s + b.down_s) / 2, (b.down_s + b.up_s) / 2]
            first, between, second = np.interp(at, h.time_s[known], h.centre[known])
            found.append(between - (first + second) / 2)
    return float(np.median(found)) if found else np.nan
