"""The pipeline in one place: a clip's landmarks in, everything measured out."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from plumbline.contact import Contacts, detect_contacts
from plumbline.errors import SettingsError
from plumbline.faults import Rule, Verdict, judge, load_rules, read_limits
from plumbline.geometry import KneeCorrection, Tracks, build_tracks, find_view, slope
from plumbline.measuring import Measuring, load_measuring
from plumbline.metrics import Context, Quantity, Summary, measure, rhythm_cv, summarise, withheld
from plumbline.pose import LEG, MediaPipeEstimator, PoseSequence, bundle_path, estimate_pose
from plumbline.reps import SEGMENTERS, Drill, Rep, find_drill, holds, quiet, recognise
from plumbline.signals import clean
from plumbline.video import ClipInfo, probe, read_frames
from plumbline.warnings import ClipWarning, clip_warnings, empty_warning, view_refusal

# Frames are decoded at this size for the pose model, whose own input is 256 px square.
POSE_LONG_EDGE = 960
MIN_QUIET_FRAMES = 8


@dataclass(frozen=True)
class Athlete:
    """What the user says of the athlete: stature in m, mass in kg."""

    height_m: float | None = None
    mass_kg: float | None = None

    def __post_init__(self) -> None:
        if self.height_m is not None and not 0.8 <= self.height_m <= 2.5:
            raise SettingsError(f"a stature of {self.height_m:g} m is not possible: give metres, 0.8 to 2.5.")
        if self.mass_kg is not None and not 15 <= self.mass_kg <= 300:
            raise SettingsError(f"a mass of {self.mass_kg:g} kg is not possible: give kilograms, 15 to 300.")


@dataclass(frozen=True)
class Limits:
    """The rules and choices in force."""

    rules: tuple[Rule, ...]
    measuring: Measuring

    @staticmethod
    def load(path: Path | None = None) -> Limits:
        """Read Plumbline's tables, single rows overridden by a coach's file."""
        faults, measuring = read_limits(path)
        return Limits(load_rules(faults), load_measuring(override=measuring))


@dataclass(frozen=True)
class MeasuredRep:
    """A rep with its metrics and verdicts."""

    rep: Rep
    metrics: dict[str, Quantity]
    verdicts: tuple[Verdict, ...]

    def with_outcome(self, outcome: str) -> list[Verdict]:
        """Verdicts of one outcome: "fault", "borderline" or "ok"."""
        return [v for v in self.verdicts if v.verdict == outcome]


@dataclass(frozen=True)
class Analysis:
    """Everything measured in a clip.

    Attributes
    ----------
    clip, pose, tracks, contacts
        What it was measured from.
    drill : Drill or None
        None when the clip shows no drill that is known.
    confidence : float
        How sure the drill is, 1 when it was given.
    reps : tuple of MeasuredRep
    standing : MeasuredRep or None
        Posture in quiet standing before or between the reps.
    summary : dict of Summary
    clip_verdicts : tuple of Verdict
        Of the clip as a whole.
    withheld : dict
        Metric name to the reason why this clip cannot show it.
    warnings : tuple of ClipWarning
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
    withheld: dict[str, str]
    warnings: tuple[ClipWarning, ...]
    athlete: Athlete = field(default_factory=Athlete)

    @property
    def in_contact(self) -> NDArray[np.bool_]:
        """Frames (n,) in which a foot bears; all of them in a clip without flights."""
        t = self.tracks.time_s
        out = np.ones(len(t), bool)
        items = self.contacts.items
        for a, b in itertools.pairwise(items):
            start = a.toe_off_s if np.isfinite(a.toe_off_s) else b.touchdown_s
            out[(t > start) & (t < b.touchdown_s)] = False
        return out

    @property
    def rep_of_frame(self) -> NDArray[np.int_]:
        """Number of the rep (n,) under way in each frame, 0 between reps."""
        t = self.tracks.time_s
        out = np.zeros(len(t), int)
        for m in self.reps:
            out[(t >= m.rep.start_s) & (t <= m.rep.end_s)] = m.rep.index
        return out


def _flat_foot(tracks: Tracks) -> tuple[float, float]:
    """Angle of the near foot and its heel's row in quiet standing, NaN without any."""
    still = quiet(tracks)
    if still.sum() < MIN_QUIET_FRAMES:
        return float("nan"), float("nan")
    leg = LEG[tracks.camera.near_side]
    xy = tracks.pose.raw[still]
    angle = slope(xy[:, leg[3]], xy[:, leg[4]], tracks.camera.forward)
    return float(np.nanmedian(angle)), float(np.nanmedian(xy[:, leg[3], 1]))


def _judged(ctx: Context, drill: Drill, reps: tuple[Rep, ...], rules: tuple[Rule, ...]) -> tuple[MeasuredRep, ...]:
    rows = measure(ctx, drill, reps)
    return tuple(MeasuredRep(rep, row, judge(row, drill.id, rules)) for rep, row in zip(reps, rows, strict=True))


def _standing(ctx: Context, drill: Drill | None, rules: tuple[Rule, ...], contacts: Contacts) -> MeasuredRep | None:
    """The longest quiet standing, measured as posture, where the drill is another one."""
    if drill is not None and drill.segment == "holds":
        return None
    still = holds(ctx.tracks, contacts)
    if not still:
        return None
    longest = max(still, key=lambda r: r.end_s - r.start_s)
    return _judged(ctx, find_drill("stand"), (longest,), rules)[0]


def measure_pose(
    pose: PoseSequence,
    clip: ClipInfo,
    *,
    drill: str = "auto",
    athlete: Athlete | None = None,
    limits: Limits | None = None,
) -> Analysis:
    """Measure a clip from its landmarks: everything after the pose model.

    Parameters
    ----------
    pose : PoseSequence
    clip : ClipInfo
    drill : str
        "auto" or the id of a drill.
    athlete : Athlete, optional
    limits : Limits, optional

    Returns
    -------
    Analysis
    """
    limits, athlete = limits or Limits.load(), athlete or Athlete()
    wanted = None if drill == "auto" else find_drill(drill)
    cleaned = clean(pose, cutoff_hz=limits.measuring.cutoff_hz, max_gap_s=limits.measuring.max_gap_s)
    values = limits.measuring
    correction = KneeCorrection(values.knee_gain, values.knee_gain_centre_deg, values.knee_gain_limit_deg)
    tracks = build_tracks(cleaned, find_view(cleaned.xy), correction)
    contacts = detect_contacts(cleaned, tracks.camera.near_side, limits.measuring)
    refusal = view_refusal(tracks, limits.measuring)
    chosen, confidence = wanted, 1.0
    reps: tuple[Rep, ...] = ()
    if refusal is None:
        if wanted is None:
            seen = recognise(tracks, contacts)
            chosen = find_drill(seen.drill_id) if seen.drill_id else None
            confidence, reps = seen.confidence, seen.reps if chosen else ()
        else:
            reps = tuple(SEGMENTERS[wanted.segment](tracks, contacts))
    angle, heel = _flat_foot(tracks)
    ctx = Context(tracks, limits.measuring, athlete.height_m, athlete.mass_kg, angle, heel)
    measured = _judged(ctx, chosen, reps, limits.rules) if chosen else ()
    rows = [m.metrics for m in measured]
    summary = summarise(rows)
    clip_verdicts: tuple[Verdict, ...] = ()
    rhythm = rhythm_cv(rows)
    if chosen is not None and rhythm is not None:
        clip_verdicts = judge({"rhythm_cv_pct": rhythm}, chosen.id, limits.rules, scope="clip")
        half = 1.96 * rhythm.sd
        summary["rhythm_cv_pct"] = Summary(
            rhythm.value, rhythm.sd, (rhythm.value - half, rhythm.value + half), len(rows), "%"
        )
    found = [] if refusal is None else [refusal]
    if refusal is None and not measured:
        found.append(empty_warning(tracks, contacts, chosen))
    found += clip_warnings(clip, tracks, chosen, limits.measuring, bool(measured))
    return Analysis(
        clip=clip,
        pose=pose,
        tracks=tracks,
        contacts=contacts,
        drill=chosen,
        confidence=confidence if chosen else 0.0,
        reps=measured,
        standing=_standing(ctx, chosen, limits.rules, contacts) if refusal is None else None,
        summary=summary,
        clip_verdicts=clip_verdicts,
        withheld=withheld(ctx, chosen) if chosen and measured else {},
        warnings=tuple(found),
        athlete=athlete,
    )


def analyze(
    path: str | Path,
    *,
    drill: str = "auto",
    height_m: float | None = None,
    mass_kg: float | None = None,
    capture_fps: float | None = None,
    limits: Path | None = None,
    model: str | None = None,
    on_frame: Callable[[int], None] | None = None,
) -> Analysis:
    """Measure a film.

    Parameters
    ----------
    path : str or Path
        Side-view film of one athlete.
    drill : str
        "auto" or one of the ids that `plumbline faults --drills` prints.
    height_m, mass_kg : float, optional
        Stature and mass.
    capture_fps : float, optional
        Rate at which a slow-motion film was captured, where the file does not say.
    limits : Path, optional
        A coach's TOML file with own limits.
    model : str, optional
        Name of a pose model or path of a `.task` file.
    on_frame : callable, optional
        Called with the number of frames done.

    Returns
    -------
    Analysis

    Raises
    ------
    PlumblineError
        When the film, the model or an option cannot be used.

    Examples
    --------
    >>> import plumbline
    >>> result = plumbline.analyze("clip.mp4", drill="pogo")  # doctest: +SKIP
    """
    in_force, athlete = Limits.load(limits), Athlete(height_m, mass_kg)
    if drill != "auto":
        find_drill(drill)
    clip = probe(path, capture_fps)
    with MediaPipeEstimator(bundle_path(model)) as estimator:
        pose = estimate_pose(read_frames(clip, long_edge=POSE_LONG_EDGE), clip, estimator, on_frame)
    return measure_pose(pose, clip, drill=drill, athlete=athlete, limits=in_force)
