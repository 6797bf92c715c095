"""The athlete before the camera, ready to be measured: clock, upright, contacts."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from plumbline.clip import ClipInfo
from plumbline.contact import (
    Contacts,
    Heights,
    Rate,
    Tilt,
    detect_contacts,
    find_gait,
    find_ramp,
    find_rate,
    find_tilt,
    foot_heights,
)
from plumbline.geometry import CameraView, KneeReading, Tracks, build_tracks, find_view, unbiased
from plumbline.measuring import Measuring
from plumbline.pipeline._settings import PIPELINE
from plumbline.pipeline._take import one_take
from plumbline.pose import Footage, PoseSequence
from plumbline.request import Request
from plumbline.signals import CleanPose, clean
from plumbline.warnings import ClipWarning, ramp_warning

UNKNOWN = Rate(1.0, float("nan"), False, 0)


@dataclass(frozen=True)
class Settled:
    """One take of the athlete on the right clock, as far as both can be told, and what is to be said of it."""

    pose: PoseSequence
    clip: ClipInfo
    rate: Rate = UNKNOWN
    notes: list[ClipWarning] = field(default_factory=list)


def settle(pose: PoseSequence, clip: ClipInfo, footage: Footage, request: Request, values: Measuring) -> Settled:
    """Keep one take, and put its clock right where the fall and the stature settle that it is slow motion.

    A film that changes its speed is put on the real clock throughout.
    """
    if clip.capture_fps_source == "live":  # a camera's own clock and one take, as they are
        return Settled(pose, clip)
    pose, warning = one_take(pose, footage.camera, footage.turn)
    notes = [warning] if warning else []
    found = _heights(pose, footage, values)
    if found is None:
        return Settled(pose, clip, notes=notes)
    rough, heights = found
    ramp = find_ramp(rough, clip.time_scale)
    if ramp is not None:
        even = clip.ramped(ramp)
        pose = replace(pose, time_s=even.real_s(clip.film_s(pose.time_s)))
        return Settled(pose, even, notes=[*notes, ramp_warning(ramp, even.container_fps)])
    rate = find_rate(heights, request.height_m, find_gait(rough, heights))
    if rate.factor == 1.0 or not rate.settled or clip.capture_fps_source != "container":
        return Settled(pose, clip, rate, notes)
    return Settled(replace(pose, time_s=pose.time_s / rate.factor), clip.slowed(rate.factor), rate, notes)


def _heights(pose: PoseSequence, footage: Footage, values: Measuring) -> tuple[CleanPose, Heights] | None:
    """Heights by which a clock is judged, None where too little is seen."""
    rough = clean(pose, cutoff_hz=values.cutoff_hz, max_gap_s=values.max_gap_s, camera=footage.camera)
    if len(pose) < PIPELINE.min_frames or not np.isfinite(rough.body_height_px):
        return None
    return rough, foot_heights(rough)


@dataclass(frozen=True)
class Setting:
    """The athlete before the camera, ready to be measured."""

    tracks: Tracks
    contacts: Contacts
    tilt: Tilt


def set_up(pose: PoseSequence, footage: Footage, request: Request, values: Measuring) -> Setting:
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
    reading = KneeReading(values.velocity_cutoff_hz, gain, values.knee_gain_centre_deg)
    return Setting(build_tracks(level, view, reading), contacts, tilt)


def _upright(
    pose: CleanPose, view: CameraView, footage: Footage, values: Measuring
) -> tuple[CleanPose, Contacts, Tilt]:
    contacts = detect_contacts(pose, view.near_side, values)
    tilt = find_tilt(pose, contacts, view.near_side, footage.uprights, values)
    if not tilt.corrected:
        return pose, contacts, tilt
    level = pose.levelled(tilt.tilt_deg)
    return level, detect_contacts(level, view.near_side, values), tilt
