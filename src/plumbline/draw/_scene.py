"""What is shown in each frame, picked from an analysis: no measuring here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from plumbline.analysis import Analysis, MeasuredRep
from plumbline.arrays import FloatArray
from plumbline.catalogue import metric_label
from plumbline.faults import Verdict, judged_in
from plumbline.geometry import PLUMB_JOINTS, find_view, plumb_offsets
from plumbline.language import _, say
from plumbline.pose import ARM, LEG, PLUMB_CHAIN, SIDES, PoseSequence, other

# How bad a verdict is; a joint takes the colour of its worst.
WORSE = ("plain", "ok", "borderline", "fault")
NO_LEG = np.full((3, 2), np.nan)


@dataclass(frozen=True)
class FrameScene:
    """One frame's drawing, in px of the full-size picture, y down.

    The leg is the working one of the rep, else the near one. From the front plumb line and knee bend are
    not seen, and NaN.

    Attributes
    ----------
    time_s : float
    chain : (5, 2)
        Ear, shoulder, hip, knee, ankle, px.
    foot : (2, 2)
        Heel and toe, px.
    arm : (3, 2)
        Shoulder, elbow, wrist, px.
    plumb : (2, 2)
        Top and bottom of the true vertical through the ankle, px.
    other_leg : (3, 2)
        Hip, knee, ankle of the second leg, px, seen from the front only; else NaN.
    outcomes : tuple of str
        One per joint of the chain: "fault", "borderline", "ok", or "plain" where no rule judges it.
    knee_deg : float
        Flexion.
    knee_deg_s : float
        Its change in degrees per second, flexing positive.
    contact : bool
    rep : MeasuredRep or None
        None between reps.
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
    """All frames of a clip, and what is shown beside them.

    Attributes
    ----------
    analysis : Analysis
    contact : (n,) bool
        Frames in which a foot bears.
    rep_index : (n,) int
        Number of the rep under way, 0 between reps.
    """

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

    @cached_property
    def judged(self) -> frozenset[str]:
        """Names of the faults that any rep was judged by."""
        return judged_in(m.verdicts for m in self.analysis.reps)

    def over(self, time_s: float) -> bool:
        """Whether the last rep has ended at `time_s`."""
        return bool(self.analysis.reps) and time_s > self.analysis.reps[-1].rep.end_s

    def frame(self, i: int) -> FrameScene:
        """The drawing of frame `i`."""
        tracks = self.analysis.tracks
        near = tracks.camera.near_side
        xy = tracks.pose.raw[i]
        number = int(self.rep_index[i])
        rep = self._reps.get(number)
        leg = next((s for s in SIDES if rep is not None and rep.rep.stance == s), near)
        front = tracks.camera.view == "front"
        chain = tracks.pose.xy[i, [PLUMB_CHAIN[near][0], *PLUMB_CHAIN[leg][1:]]]
        return FrameScene(
            time_s=float(tracks.time_s[i]),
            chain=tracks.pose.in_picture(chain, i),
            foot=tracks.pose.in_picture(xy[list(LEG[leg][3:])], i),
            arm=tracks.pose.in_picture(xy[list(ARM[near])], i),
            plumb=np.full((2, 2), np.nan) if front else tracks.pose.in_picture(_plumb_line(chain), i),
            other_leg=tracks.pose.in_picture(xy[list(LEG[other(leg)][:3])], i) if front else NO_LEG,
            outcomes=self._outcomes(chain, rep),
            knee_deg=float("nan") if front else float(tracks.sides[leg].knee_flexion_deg[i]),
            knee_deg_s=float("nan") if front else float(tracks.sides[leg].knee_velocity_deg_s[i]),
            contact=bool(self.contact[i]),
            rep=rep,
        )

    def _outcomes(self, chain: FloatArray, rep: MeasuredRep | None) -> tuple[str, ...]:
        verdicts = rep.verdicts if rep is not None else ()
        camera, height_px = self.analysis.tracks.camera, self.analysis.tracks.pose.body_height_px
        return joint_outcomes(verdicts, plumb_offsets(chain, camera.forward, height_px))


def joint_outcomes(verdicts: Sequence[Verdict], offsets: FloatArray) -> tuple[str, ...]:
    """The worst verdict on each joint of the chain; "plain" where no rule judges it.

    Parameters
    ----------
    verdicts : sequence of Verdict
        Of the rep that is shown.
    offsets : (5,)
        Ear to ankle, ahead of the ankle; a verdict on the whole line falls on its two ends.
    """
    out = ["plain"] * len(PLUMB_JOINTS)
    seen = np.isfinite(offsets).all()
    ends = {PLUMB_JOINTS[int(i)] for i in (np.argmin(offsets), np.argmax(offsets))} if seen else set()
    for v in verdicts:
        hit = set(metric_label(v.metric).joints)
        if "line" in hit:
            hit |= ends if v.verdict != "ok" else set(PLUMB_JOINTS)
        for i, name in enumerate(PLUMB_JOINTS):
            if name in hit and WORSE.index(v.verdict) > WORSE.index(out[i]):
                out[i] = v.verdict
    return tuple(out)


def live_scene(pose: PoseSequence, contact: bool, verdicts: Sequence[Verdict] = ()) -> FrameScene:
    """The drawing of a camera's newest frame, unfiltered, in px of the picture.

    Parameters
    ----------
    pose : PoseSequence
        The last frames.
    contact : bool
        Whether a foot bears.
    verdicts : sequence of Verdict
        Of a rep; they colour the joints.

    Returns
    -------
    FrameScene
    """
    xy = pose.xy[-1]
    view = find_view(pose.xy)
    near = view.near_side
    chain = xy[list(PLUMB_CHAIN[near])]
    tall = float(np.linalg.norm(np.diff(chain, axis=0), axis=1).sum())
    outcomes = joint_outcomes(verdicts, plumb_offsets(chain, view.forward, tall))
    return FrameScene(
        time_s=float(pose.time_s[-1]),
        chain=chain,
        foot=xy[list(LEG[near][3:])],
        arm=xy[list(ARM[near])],
        plumb=_plumb_line(chain) if view.view != "front" else np.full((2, 2), np.nan),
        other_leg=NO_LEG,
        outcomes=outcomes,
        knee_deg=float("nan"),
        knee_deg_s=float("nan"),
        contact=contact,
        rep=None,
    )


def _plumb_line(chain: FloatArray) -> FloatArray:
    """Vertical through the ankle (2, 2), from over the head to under the foot, upright px."""
    ankle, tall = chain[4], abs(chain[4, 1] - chain[0, 1])
    return np.array([[ankle[0], chain[0, 1] - 0.10 * tall], [ankle[0], ankle[1] + 0.07 * tall]])


def build_scenes(analysis: Analysis) -> Scenes:
    """Prepare the drawing of every frame of `analysis`."""
    return Scenes(analysis, analysis.in_contact, analysis.rep_of_frame)


def fault_line(v: Verdict) -> str:
    """One line for the film: what, how much with its uncertainty, and the limit."""
    label = metric_label(v.metric)
    said = _("{value} (limit {limit})", value=label.said_with_sd(v.value, v.sd), limit=label.said(v.limit))
    return f"{say(v.label)}  {said.replace(say('%BH'), _('% of height'))}"
