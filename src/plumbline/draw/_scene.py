"""What is shown in each frame, picked from an analysis: no measuring here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from plumbline.analysis import Analysis, MeasuredRep
from plumbline.faults import Verdict
from plumbline.geometry import flexion, plumb_offsets
from plumbline.pose import ARM, LEG, PLUMB_CHAIN, SIDES, PoseSequence, Side, facing_votes, other
from plumbline.report import metric_label

FloatArray = NDArray[np.float64]

# Colour of a joint by its offset from the plumb line, %BH: half the spread limits.
WATCH_PCT_BH = 5.0
BROKEN_PCT_BH = 8.0
LINE_METRIC = "plumb_spread_pct_bh"
NO_LEG = np.full((3, 2), np.nan)


@dataclass(frozen=True)
class FrameScene:
    """One frame's drawing, in px of the full-size picture.

    `chain` (5, 2) ear to ankle; `foot` (2, 2) heel and toe; `arm` (3, 2); `plumb` (2, 2)
    top and bottom of the true vertical through the ankle; `other_leg` (3, 2) hip, knee,
    ankle of the second leg, seen from the front only. From there plumb line and knee bend
    are not seen, and NaN.
    `outcomes` one per joint of the chain; `rep` None between reps. The leg is the working
    one of the rep, else the near one.
    """

    time_s: float
    chain: FloatArray
    foot: FloatArray
    arm: FloatArray
    plumb: FloatArray
    other_leg: FloatArray
    outcomes: tuple[str, ...]
    knee_deg: float
    knee_deg_s: float
    contact: bool
    rep: MeasuredRep | None


@dataclass(frozen=True)
class Scenes:
    """All frames of a clip, and what is shown beside them."""

    analysis: Analysis
    contact: NDArray[np.bool_]
    rep_index: NDArray[np.int_]

    @property
    def timed(self) -> bool:
        """Whether contact and flight are worth showing."""
        return len(self.analysis.contacts.items) > 1

    def __len__(self) -> int:
        return len(self.analysis.pose)

    @cached_property
    def _reps(self) -> dict[int, MeasuredRep]:
        return {m.rep.index: m for m in self.analysis.reps}

    def frame(self, i: int) -> FrameScene:
        """The drawing of frame i."""
        tracks = self.analysis.tracks
        near = tracks.camera.near_side
        xy = tracks.pose.raw[i]
        number = int(self.rep_index[i])
        rep = self._reps.get(number)
        leg = next((s for s in SIDES if rep is not None and rep.rep.stance == s), near)
        front = tracks.camera.view == "front"
        chain = tracks.pose.xy[i, [*PLUMB_CHAIN[near][:2], *PLUMB_CHAIN[leg][2:]]]
        return FrameScene(
            time_s=float(tracks.time_s[i]),
            chain=tracks.pose.in_picture(chain, i),
            foot=tracks.pose.in_picture(xy[list(LEG[leg][3:])], i),
            arm=tracks.pose.in_picture(xy[list(ARM[near])], i),
            plumb=np.full((2, 2), np.nan) if front else tracks.pose.in_picture(_plumb_line(chain), i),
            other_leg=tracks.pose.in_picture(xy[list(LEG[other(leg)][:3])], i) if front else NO_LEG,
            outcomes=self._outcomes(chain),
            knee_deg=float("nan") if front else float(tracks.sides[leg].knee_flexion_deg[i]),
            knee_deg_s=float("nan") if front else float(tracks.sides[leg].knee_velocity_deg_s[i]),
            contact=bool(self.contact[i]),
            rep=rep,
        )

    def _outcomes(self, chain: FloatArray) -> tuple[str, ...]:
        """How far each joint is off the line; "plain" in drills that have no line to hold."""
        analysis = self.analysis
        if analysis.drill is None or LINE_METRIC not in analysis.drill.metrics:
            return ("plain",) * len(chain)
        camera, height_px = analysis.tracks.camera, analysis.tracks.pose.body_height_px
        return tuple(_offset_outcome(x) for x in plumb_offsets(chain, camera.forward, height_px))


def live_scene(pose: PoseSequence, contact: bool) -> FrameScene:
    """The drawing of a camera's newest frame, unfiltered, in px of the picture."""
    xy = pose.xy[-1]
    votes = facing_votes(pose.xy)
    votes = votes[np.isfinite(votes)]
    near: Side = "right" if len(votes) and np.median(votes) >= 0 else "left"
    chain = xy[list(PLUMB_CHAIN[near])]
    tall = float(np.linalg.norm(np.diff(chain, axis=0), axis=1).sum())
    outcomes = tuple(_offset_outcome(x) for x in plumb_offsets(chain, 1 if near == "right" else -1, tall))
    hip, knee, ankle = chain[2:5]
    return FrameScene(
        time_s=float(pose.time_s[-1]),
        chain=chain,
        foot=xy[list(LEG[near][3:])],
        arm=xy[list(ARM[near])],
        plumb=_plumb_line(chain),
        other_leg=NO_LEG,
        outcomes=outcomes,
        knee_deg=float(flexion(hip, knee, ankle)),
        knee_deg_s=float("nan"),
        contact=contact,
        rep=None,
    )


def _plumb_line(chain: FloatArray) -> FloatArray:
    """Vertical through the ankle (2, 2), from over the head to under the foot, upright px."""
    ankle, tall = chain[4], abs(chain[4, 1] - chain[0, 1])
    return np.array([[ankle[0], chain[0, 1] - 0.10 * tall], [ankle[0], ankle[1] + 0.07 * tall]])


def _offset_outcome(offset: float) -> str:
    size = abs(offset)
    return "ok" if not size > WATCH_PCT_BH else "borderline" if size <= BROKEN_PCT_BH else "fault"


def build_scenes(analysis: Analysis) -> Scenes:
    """Prepare the drawing of every frame."""
    return Scenes(analysis, analysis.in_contact, analysis.rep_of_frame)


def shown(metric: str, value: float) -> str:
    """A metric's value with its unit, as on the pages."""
    label = metric_label(metric)
    return f"{label.number(value)} {label.unit}".strip()


def fault_line(v: Verdict) -> str:
    """One line for the film: what, how much, and the limit."""
    return f"{v.label}  {shown(v.metric, v.value)} (limit {shown(v.metric, v.limit)})"
