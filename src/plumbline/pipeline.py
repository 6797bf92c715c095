"""The pipeline in one place: a film's footage in, everything measured out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from plumbline.analysis import Analysis, MeasuredRep
from plumbline.catalogue import Drill, Rule, find_drill
from plumbline.contact import Contacts, Rate, Tilt, detect_contacts, find_gait, find_rate, find_tilt, foot_heights
from plumbline.edits import Edits
from plumbline.faults import called, judge
from plumbline.geometry import CameraView, KneeReading, Tracks, build_tracks, find_view, slope, unbiased
from plumbline.machine import give_back_memory, one_thread_algebra
from plumbline.measuring import Measuring
from plumbline.metrics import (
    Context,
    FlatFoot,
    Summary,
    find_scales,
    measure,
    possible,
    summarise,
    summarise_clip,
    withheld,
)
from plumbline.pose import (
    LEG,
    Footage,
    PoseSequence,
    see,
)
from plumbline.reps import SEGMENTERS, SURE, Lesson, Recognised, Rep, correct, fits, holds, quiet, recognise
from plumbline.request import Limits, Request
from plumbline.signals import CleanPose, clean
from plumbline.video import ClipInfo, probe
from plumbline.warnings import (
    camera_warnings,
    clip_warnings,
    drill_warnings,
    empty_warning,
    far_leg_warning,
    file_notes,
    lesson_notes,
    people_note,
    rate_note,
    rate_warning,
    scale_warnings,
    tilt_warnings,
    view_refusal,
)

MIN_QUIET_FRAMES = 8
# Drills in which standing is the drill itself, or nobody stands.
WITHOUT_STANDING = ("holds", "stances", "kicks")


def _flat_foot(tracks: Tracks) -> FlatFoot:
    """The near foot in quiet standing, NaN without any."""
    still = quiet(tracks)
    if still.sum() < MIN_QUIET_FRAMES:
        return FlatFoot()
    leg = LEG[tracks.camera.near_side]
    xy = tracks.pose.raw[still]
    angle = slope(xy[:, leg[3]], xy[:, leg[4]], tracks.camera.forward)
    return FlatFoot(float(np.nanmedian(angle)), float(np.nanmedian(xy[:, leg[3], 1])))


def _judged(
    ctx: Context, drill: Drill | None, reps: tuple[Rep, ...], rules: tuple[Rule, ...]
) -> tuple[tuple[MeasuredRep, ...], dict[str, str]]:
    """Reps with their metrics and verdicts, and what is withheld of them all, with the reason."""
    if drill is None:
        return (), {}
    beyond = ctx.measuring.fault_beyond_sd
    rows, impossible = possible(measure(ctx, drill, reps))
    judged = tuple(
        MeasuredRep(rep, row, judge(row, drill, rules, beyond_sd=beyond)) for rep, row in zip(reps, rows, strict=True)
    )
    return judged, {**impossible, **withheld(ctx, drill, reps)} if judged else {}


def _called(
    measured: tuple[MeasuredRep, ...],
    summary: dict[str, Summary],
    drill: Drill | None,
    rules: tuple[Rule, ...],
    values: Measuring,
) -> frozenset[str]:
    """Faults of the set, where single reps are only marked."""
    if drill is None:
        return frozenset()
    means = {name: s.quantity for name, s in summary.items()}
    of_means = judge(means, drill, rules, beyond_sd=values.fault_beyond_sd)
    return called((m.verdicts for m in measured), of_means, round(values.fault_reps), values.fault_share_of_few)


def _standing(ctx: Context, drill: Drill | None, rules: tuple[Rule, ...], contacts: Contacts) -> MeasuredRep | None:
    """The longest quiet standing, measured as posture, where the drill is another one."""
    if ctx.tracks.camera.view == "front" or (drill is not None and drill.segment in WITHOUT_STANDING):
        return None
    still = holds(ctx.tracks, contacts)
    if not still:
        return None
    longest = max(still, key=lambda r: r.end_s - r.start_s)
    return _judged(ctx, find_drill("stand"), (longest,), rules)[0][0]


def _settle_rate(
    pose: PoseSequence, clip: ClipInfo, footage: Footage, request: Request, values: Measuring
) -> tuple[PoseSequence, ClipInfo, Rate]:
    """Put the clock right where the fall and the stature settle that the film is slow motion."""
    if clip.capture_fps_source == "live":  # a camera's own clock needs no settling
        return pose, clip, Rate(1.0, float("nan"), False, 0)
    rough = clean(pose, cutoff_hz=values.cutoff_hz, max_gap_s=values.max_gap_s, camera=footage.camera)
    if len(pose) < MIN_QUIET_FRAMES or not np.isfinite(rough.body_height_px):
        return pose, clip, Rate(1.0, float("nan"), False, 0)
    heights = foot_heights(rough)
    rate = find_rate(heights, request.height_m, find_gait(rough, heights))
    if rate.factor == 1.0 or not rate.settled or clip.capture_fps_source != "container":
        return pose, clip, rate
    quick = replace(pose, time_s=pose.time_s / rate.factor)
    return quick, clip.slowed(rate.factor), rate


@dataclass(frozen=True)
class _Setting:
    """The athlete before the camera, ready to be measured."""

    tracks: Tracks
    contacts: Contacts
    tilt: Tilt


def _set_up(pose: PoseSequence, footage: Footage, request: Request, values: Measuring) -> _Setting:
    """Clean, stand the picture still and upright, and find the contacts."""
    cleaned = clean(pose, cutoff_hz=values.cutoff_hz, max_gap_s=values.max_gap_s, camera=footage.camera)
    view = find_view(cleaned.xy, request.near_side)
    level, contacts, tilt = _upright(cleaned, view, footage, values)
    if view.view == "front":
        contacts = contacts.vaguer(values.front_event_sd_s)
    # The table of offsets is that of bodies seen from the side.
    if request.unbias and view.view != "front":
        before_px = level.body_height_px
        level = unbiased(level, view)
        contacts = contacts.per_body_height(before_px, level.body_height_px)
    gain = values.knee_gain if request.unbias else 0.0
    reading = KneeReading(gain, values.knee_gain_centre_deg, values.velocity_cutoff_hz)
    return _Setting(build_tracks(level, view, reading), contacts, tilt)


def _upright(
    pose: CleanPose, view: CameraView, footage: Footage, values: Measuring
) -> tuple[CleanPose, Contacts, Tilt]:
    contacts = detect_contacts(pose, view.near_side, values)
    tilt = find_tilt(pose, contacts, view.near_side, footage.uprights, values)
    if not tilt.corrected:
        return pose, contacts, tilt
    level = pose.levelled(tilt.tilt_deg)
    return level, detect_contacts(level, view.near_side, values), tilt


@dataclass(frozen=True)
class _Found:
    """The drill, its reps before and after corrections by hand, and the contacts in force."""

    drill: Drill | None
    confidence: float
    automatic: tuple[Rep, ...]
    reps: tuple[Rep, ...]
    contacts: Contacts
    seen: Recognised | None = None
    lessons: dict[str, Lesson] = field(default_factory=dict)


def _find_reps(s: _Setting, request: Request, values: Measuring, refused: bool) -> _Found:
    wanted = request.wanted
    drill, confidence = wanted, 1.0
    reps: tuple[Rep, ...] = ()
    seen: Recognised | None = None
    if refused:
        return _Found(drill, 1.0 if drill else 0.0, (), (), s.contacts)
    if wanted is None:
        seen = recognise(s.tracks, s.contacts)
        drill = find_drill(seen.drill_id) if seen.drill_id else None
        drill = drill if drill is not None and drill.movement is not None else None  # a name alone is no drill
        confidence, reps = (seen.confidence, seen.reps) if drill else (0.0, ())
    else:
        reps = tuple(SEGMENTERS[wanted.segment](s.tracks, s.contacts))
    if request.edits is None:
        return _Found(drill, confidence, reps, reps, s.contacts, seen)
    frame_s = 1 / s.tracks.pose.fps
    correction = request.edits.correction(frame_s, values.edited_sd_frames)
    edited = correct(reps, s.contacts, correction, float(s.tracks.time_s[-1]) + frame_s)
    return _Found(drill, confidence, reps, edited.reps, edited.contacts, seen, edited.lessons)


def _with_automatic(
    measured: tuple[MeasuredRep, ...], automatic: tuple[Rep, ...], edits: Edits | None
) -> tuple[MeasuredRep, ...]:
    """Note beside each rep that the edits name what was found without them.

    A neighbour that shares an instant with it changes too, but is not what was edited.
    """
    named = {r.rep for r in edits.reps} if edits is not None else set()
    before = {r.index: r for r in automatic if r.index in named}
    return tuple(
        m if before.get(m.rep.index) in (m.rep, None) else replace(m, automatic=before[m.rep.index]) for m in measured
    )


@one_thread_algebra()
def measure_pose(
    pose: PoseSequence,
    clip: ClipInfo,
    request: Request | None = None,
    limits: Limits | None = None,
    footage: Footage | None = None,
) -> Analysis:
    """Measure a clip from its landmarks: everything after the pose model.

    Parameters
    ----------
    pose : PoseSequence
        The athlete's landmarks.
    clip : ClipInfo
    request : Request, optional
    limits : Limits, optional
    footage : Footage, optional
        What else was seen; without it the camera stood still and nobody else was there.

    Returns
    -------
    Analysis
    """
    limits, request = limits or Limits.load(), (request or Request()).edited()
    footage = footage or Footage.of_one(pose)
    values = limits.measuring
    clip = clip.of_distinct(footage.instants)
    pose, clip, rate = _settle_rate(pose, clip, footage, request, values)
    setting = _set_up(pose, footage, request, values)
    tracks = setting.tracks
    wanted = request.wanted
    reasons = (view_refusal(tracks, values, wanted), rate_warning(clip, rate, wanted))
    refusals = [w for w in reasons if w is not None]
    found = _find_reps(setting, request, values, bool(refusals))
    drill, contacts = found.drill, found.contacts
    scales = find_scales(tracks.pose, request.height_m, contacts, request.marked)
    ctx = Context(
        tracks,
        values,
        height_m=request.height_m,
        mass_kg=request.mass_kg,
        flat=_flat_foot(tracks),
        tilt=setting.tilt,
        scale=scales.best,
        camera=footage.camera,
    )
    # Under a drill that is neither chosen nor sure nothing is judged.
    rules = limits.rules if found.confidence >= SURE else ()
    measured, not_shown = _judged(ctx, drill, found.reps, rules)
    measured = _with_automatic(measured, found.automatic, request.edits)
    rows = [m.metrics for m in measured]
    of_clip, of_reps = summarise_clip(rows), summarise(rows)
    notes = [*refusals]
    if not refusals:
        said = drill_warnings(
            found.seen, wanted, fits(tracks, setting.contacts, wanted.measured.id) if wanted else float("nan")
        )
        notes += said if measured or said else [empty_warning(tracks, drill)]
    notes += file_notes(clip)
    notes += clip_warnings(clip, tracks, drill, values, bool(measured)) + rate_note(clip, rate)
    notes += far_leg_warning(tracks, found.reps) + lesson_notes(found.lessons)
    notes += camera_warnings(footage.camera, ctx.camera_lost) + tilt_warnings(setting.tilt)
    notes += scale_warnings(scales, footage.camera, request.height_m)
    notes += people_note(len(footage.people), footage.people.choose(request.who))
    return Analysis(
        clip=clip,
        pose=pose,
        tracks=tracks,
        contacts=contacts,
        drill=drill,
        confidence=found.confidence,
        reps=measured,
        standing=_standing(ctx, drill, limits.rules, contacts) if not refusals else None,
        summary=of_reps | {name: Summary.of(q, len(rows)) for name, q in of_clip.items()},
        clip_verdicts=judge(of_clip, drill, rules, "clip", values.fault_beyond_sd) if drill else (),
        called=_called(measured, of_reps, drill, rules, values),
        withheld=not_shown,
        warnings=tuple(notes),
        footage=footage,
        tilt=setting.tilt,
        scales=scales,
        rate=rate,
        request=request,
        automatic=found.automatic,
        lessons=found.lessons,
        recognised=found.seen,
    )


def measure_footage(
    footage: Footage, clip: ClipInfo, request: Request | None = None, limits: Limits | None = None
) -> Analysis:
    """Measure one athlete of a film that has been seen by the pose model."""
    request = request or Request()
    athlete = footage.people.person(footage.people.choose(request.edited().who))
    analysis = measure_pose(athlete, clip, request, limits, footage)
    give_back_memory()  # a long film's report takes the place of what measuring it took
    return analysis


def analyze(
    path: str | Path,
    request: Request | None = None,
    *,
    capture_fps: float | None = None,
    limits: Path | None = None,
    model: str | None = None,
    cache: bool = True,
    on_frame: Callable[[int], None] | None = None,
    threads: int | None = None,
) -> Analysis:
    """Measure a film.

    Parameters
    ----------
    path : str or Path
        Side-view film of one athlete.
    request : Request, optional
        Drill, stature, who of several people, corrections by hand.
    capture_fps : float, optional
        Rate at which a slow-motion film was captured, where the file does not say.
    limits : Path, optional
        A coach's TOML file with own limits.
    model : str, optional
        Name of a pose model or path of a `.task` file.
    cache : bool
        Keep the landmarks on this machine, so that the next run takes no time.
    on_frame : callable, optional
        Called with the number of frames done; not at all when the landmarks were kept.
    threads : int, optional
        Of the pose model: one, or two where there are four cores, by default.

    Returns
    -------
    Analysis

    Raises
    ------
    PlumblineError
        When the film, the model or an option cannot be used.

    Examples
    --------
    >>> from plumbline import Request, analyze
    >>> result = analyze("clip.mp4", Request(drill="pogo", height_m=1.78))  # doctest: +SKIP
    """
    in_force, request = Limits.load(limits), (request or Request()).edited()
    clip = probe(path, capture_fps)
    footage = see(clip, model=model, on_frame=on_frame, cache=cache, threads=threads)
    return measure_footage(footage, clip, request, in_force)
