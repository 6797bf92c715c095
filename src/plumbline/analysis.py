"""Everything measured in a clip."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from plumbline.catalogue import Drill
from plumbline.clip import ClipInfo
from plumbline.contact import Contacts, Rate, Tilt
from plumbline.faults import Verdict
from plumbline.geometry import Tracks
from plumbline.messages import Message
from plumbline.metrics import Scales, Summary
from plumbline.pose import Footage, PoseSequence
from plumbline.quantity import Quantity
from plumbline.reps import Lesson, Recognised, Rep, is_sure
from plumbline.request import Request
from plumbline.warnings import ClipWarning


@dataclass(frozen=True)
class MeasuredRep:
    """A rep with its metrics and verdicts.

    Attributes
    ----------
    rep : Rep
    metrics : dict of Quantity
        By name; what cannot be known is left out.
    verdicts : tuple of Verdict
    automatic : Rep or None
        The rep before it was edited by hand.
    """

    rep: Rep
    metrics: dict[str, Quantity]
    verdicts: tuple[Verdict, ...]
    automatic: Rep | None = None

    def with_outcome(self, outcome: str) -> list[Verdict]:
        """Verdicts of one `outcome`: "fault", "borderline" or "ok"."""
        return [v for v in self.verdicts if v.verdict == outcome]


@dataclass(frozen=True)
class Analysis:
    """Everything measured in a clip.

    Attributes
    ----------
    clip : ClipInfo
        The film, or what stands for it.
    pose : PoseSequence
        The athlete's landmarks as the model gave them.
    tracks : Tracks
        The cleaned landmarks and angles that everything is measured from.
    contacts : Contacts
    drill : Drill or None
        None when the clip shows no drill that is known.
    confidence : float
        Probability of the drill, 1 when it was given.
    reps : tuple of MeasuredRep
    standing : MeasuredRep or None
        Posture in quiet standing before or between the reps.
    summary : dict of Summary
        By metric.
    clip_verdicts : tuple of Verdict
        Of the clip as a whole.
    withheld : dict of Message
        Metric name to the reason why this clip cannot show it.
    warnings : tuple of ClipWarning
    footage : Footage
        Everyone in the film, and the camera's movement.
    tilt : Tilt
    scales : Scales
    rate : Rate
        What the fall says of the film's clock.
    request : Request
        What was asked.
    automatic : tuple of Rep
        As they were found, before edits by hand; those deleted are among them.
    recognised : Recognised or None
        What recognition saw and thought likeliest; None when the drill was given or nothing is measured.
    called : frozenset of str
        Faults of the reps that the set as a whole has; others are of single reps.
    lessons : dict of Lesson
        What events set by hand taught of the others, by "touchdown" and "toe_off".
    legs : dict of "left", "right" to dict of Summary
        The summary of each leg's reps, where the legs take turns.
    """

    clip: ClipInfo
    pose: PoseSequence
    tracks: Tracks
    contacts: Contacts
    drill: Drill | None
    confidence: float
    reps: tuple[MeasuredRep, ...]
    standing: MeasuredRep | None
    summary: dict[str, Summary]
    clip_verdicts: tuple[Verdict, ...]
    withheld: dict[str, Message]
    warnings: tuple[ClipWarning, ...]
    footage: Footage
    tilt: Tilt
    scales: Scales
    rate: Rate
    request: Request
    automatic: tuple[Rep, ...] = ()
    recognised: Recognised | None = None
    called: frozenset[str] = frozenset()
    lessons: dict[str, Lesson] = field(default_factory=dict)
    legs: dict[str, dict[str, Summary]] = field(default_factory=dict)

    @property
    def judged(self) -> bool:
        """Whether anything was: under a drill that is not sure, or has no limits, reps are only measured."""
        return any(m.verdicts for m in self.reps) or bool(self.clip_verdicts)

    @property
    def sure(self) -> bool:
        """Whether the drill was given or is sure."""
        return is_sure(self.confidence)

    @property
    def deleted(self) -> tuple[Rep, ...]:
        """Reps that were found and deleted by hand."""
        kept = {m.rep.index for m in self.reps}
        return tuple(r for r in self.automatic if r.index not in kept)

    @property
    def by_hand(self) -> set[int]:
        """Numbers of the reps that were added by hand."""
        return {m.rep.index for m in self.reps} - {r.index for r in self.automatic}

    @property
    def contact_spans(self) -> list[tuple[float, float]]:
        """Stretches with a foot on the floor, s; none for a clip without flights.

        An end that is not known is the first or the last time that the athlete was seen.
        """
        items, seen = self.contacts.items, self.tracks.time_s[self.tracks.pose.found]
        if len(items) < 2 or not len(seen):
            return []
        starts = [c.touchdown_s if np.isfinite(c.touchdown_s) else float(seen[0]) for c in items]
        ends = [c.toe_off_s if np.isfinite(c.toe_off_s) else float(seen[-1]) for c in items]
        return [(a, b) for a, b in zip(starts, ends, strict=True) if b > a]

    @property
    def in_contact(self) -> NDArray[np.bool_]:
        """Frames (n,) in which a foot bears; all of them in a clip without flights."""
        t, spans = self.tracks.time_s, self.contact_spans
        if not spans:
            return np.ones(len(t), bool)
        start, end = np.array(spans).T
        return np.asarray(((t[:, None] >= start) & (t[:, None] <= end)).any(axis=1))

    @property
    def rep_of_frame(self) -> NDArray[np.int_]:
        """Number of the rep (n,) under way in each frame, 0 between reps."""
        t = self.tracks.time_s
        out = np.zeros(len(t), int)
        for m in self.reps:
            out[(t >= m.rep.start_s) & (t <= m.rep.end_s)] = m.rep.index
        return out
