"""A film measured from end to end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from plumbline.analysis import Analysis
from plumbline.clip import ClipInfo
from plumbline.errors import SettingsError
from plumbline.estimation import see
from plumbline.faults import judge
from plumbline.machine import give_back_memory, keep_to_one_thread, loading_beside
from plumbline.metrics import (
    Context,
    Summary,
    find_scales,
    summarise,
    summarise_clip,
    summarise_legs,
)
from plumbline.pipeline._find import find_reps, with_automatic
from plumbline.pipeline._judge import called_faults, flat_feet, judged_by_part, standing_posture
from plumbline.pipeline._parts import parts_of
from plumbline.pipeline._setting import set_up, settle
from plumbline.pipeline._warnings import all_warnings
from plumbline.pose import Footage, PoseSequence
from plumbline.reps import is_sure
from plumbline.request import Limits, Request
from plumbline.video import probe
from plumbline.warnings import rate_warning, view_refusal


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
    keep_to_one_thread()
    limits, request = limits or Limits.load(), (request or Request()).edited()
    footage = footage or Footage.of_one(pose)
    values = limits.measuring
    clip = clip.of_distinct(footage.instants)
    settled = settle(pose, clip, footage, request, values)
    pose, clip, rate = settled.pose, settled.clip, settled.rate
    parts = [set_up(part, view, request, values) for part, view in parts_of(pose, footage, clip)]
    whole = parts[0]
    tracks = whole.tracks
    reasons = (view_refusal(tracks, values, request.wanted), rate_warning(clip, rate, request.wanted))
    refusals = [w for w in reasons if w is not None]
    found = find_reps(parts, request, values, bool(refusals))
    drill, contacts = found.drill, found.contacts
    scales = find_scales(tracks.pose, request.height_m, contacts, request.marked)
    contexts = [
        Context(
            part.tracks,
            values,
            mass_kg=request.mass_kg,
            flat=flat_feet(tracks),
            tilt=part.tilt,
            scale=scales.best,
            camera=footage.camera,
        )
        for part in parts
    ]
    ctx = contexts[0]
    slow = drill is not None and drill.has_flights and pose.fps < values.min_judged_fps
    rules = limits.rules if is_sure(found.confidence) and not slow else ()
    measured, not_shown = judged_by_part(contexts, parts, drill, found.reps, rules)
    measured = with_automatic(measured, found.automatic, request.edits)
    rows = [m.metrics for m in measured]
    of_clip, of_reps = summarise_clip(rows, drill), summarise(rows)
    analysis = Analysis(
        clip=clip,
        pose=pose,
        tracks=tracks if clip.ramp is None else set_up(pose, footage, request, values).tracks,
        contacts=contacts,
        drill=drill,
        confidence=found.confidence,
        reps=measured,
        standing=standing_posture(ctx, drill, rules, contacts) if not refusals else None,
        summary=of_reps | {name: Summary.of(q, len(rows)) for name, q in of_clip.items()},
        clip_verdicts=judge(of_clip, drill, rules, "clip", values.fault_beyond_sd) if drill else (),
        called=called_faults(measured, of_reps, drill, rules, values),
        withheld=not_shown,
        warnings=(),
        footage=footage,
        tilt=whole.tilt,
        scales=scales,
        rate=rate,
        request=request,
        automatic=found.automatic,
        lessons=found.lessons,
        recognised=found.seen,
        legs=summarise_legs(rows, [m.rep.stance for m in measured]),
    )
    warnings = all_warnings(analysis, whole, refusals, settled.notes, values, camera_lost=ctx.camera_lost)
    return replace(analysis, warnings=warnings)


def measure_footage(
    footage: Footage, clip: ClipInfo, request: Request | None = None, limits: Limits | None = None
) -> Analysis:
    """Measure one athlete of a film that has been seen by the pose model.

    Parameters
    ----------
    footage : Footage
    clip : ClipInfo
        Of the same film.
    request : Request, optional
        Says who of several people is the athlete.
    limits : Limits, optional
        Plumbline's own by default.

    Returns
    -------
    Analysis

    Raises
    ------
    SettingsError
        When nobody fits the athlete that is asked for, or an edit does not fit the reps.
    """
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
    glimpses: bool = False,
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
    glimpses : bool
        Keep pictures of the athlete, so that stills need no second decoding.

    Returns
    -------
    Analysis

    Raises
    ------
    SettingsError
        When the request is none.
    PlumblineError
        When the film, the model or an option cannot be used.

    Examples
    --------
    >>> from plumbline import Request, analyze
    >>> result = analyze("clip.mp4", Request(drill="pogo", height_m=1.78))  # doctest: +SKIP
    """
    if not isinstance(request, (Request, type(None))):
        raise SettingsError(
            "the request is a plumbline.Request, such as Request(drill='pogo'), not {value}.", value=repr(request)
        )
    in_force, request = Limits.load(limits), (request or Request()).edited()
    clip = probe(path, capture_fps)
    if request.marked is not None:
        request.marked.check_in(clip.width, clip.height)
    with loading_beside():
        footage = see(clip, model=model, on_frame=on_frame, cache=cache, glimpses=glimpses)
    return measure_footage(footage, clip, request, in_force)
