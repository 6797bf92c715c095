"""How the athlete stands in the picture: view, size, what is cut off, legs that are mixed up."""

from __future__ import annotations

import numpy as np

from plumbline.catalogue import Drill, load_drills
from plumbline.clip import ClipInfo
from plumbline.geometry import Tracks, feet_outside
from plumbline.measuring import Measuring
from plumbline.pose import LEG, PLUMB_CHAIN, SIDES
from plumbline.reps import REPS, Rep
from plumbline.warnings._settings import WARNINGS
from plumbline.warnings._warning import ClipWarning


def _tracking_jumps(tracks: Tracks) -> int:
    """How often the person found jumps faster than a body can, and farther than landmarks err."""
    hips = tracks.pose.raw[:, [LEG[s][0] for s in SIDES]].mean(axis=1)
    way = np.linalg.norm(np.diff(hips, axis=0), axis=1) / tracks.pose.body_height_px * 100
    with np.errstate(invalid="ignore"):
        return int(np.sum(way > WARNINGS.jump_pct_bh_s * np.diff(tracks.time_s) + WARNINGS.jump_err_pct_bh))


def _view_of_drill(tracks: Tracks, wanted: Drill | None) -> ClipWarning | None:
    """Why the clip's view does not suit the drill that was asked for."""
    seen = tracks.camera.view
    if wanted is None or seen == "unknown":
        return None
    if wanted.measured.view == "side" and seen == "front":
        fronts = ", ".join(d.id for d in load_drills().values() if d.movement and d.movement.view == "front")
        return ClipWarning("front_view", {"drill": wanted.id, "fronts": fronts})
    if wanted.measured.view == "front" and seen != "front":
        return ClipWarning("side_view", {"drill": wanted.id})
    return None


def view_refusal(tracks: Tracks, measuring: Measuring, wanted: Drill | None) -> ClipWarning | None:
    """Why nothing of this clip can be measured.

    Parameters
    ----------
    tracks : Tracks
    measuring : Measuring
        How often the athlete must be found.
    wanted : Drill or None
        The drill that was asked for.

    Returns
    -------
    ClipWarning or None
        None when it can be measured.
    """
    pose, camera = tracks.pose, tracks.camera
    seen = pose.seen_share
    if seen == 0.0 or not np.isfinite(pose.body_height_px):
        return ClipWarning("no_person")
    if pose.body_height_px < WARNINGS.tiny_px or min(pose.width, pose.height) < 2 * WARNINGS.tiny_px:
        return ClipWarning("too_small")
    if seen < measuring.min_detected_fraction:
        return ClipWarning("person_rarely_seen", {"seen": seen})
    unsuited = _view_of_drill(tracks, wanted)
    if unsuited is not None:
        return unsuited
    if camera.view != "front" and not camera.facing_sure:
        return ClipWarning("facing_unclear")
    if _tracking_jumps(tracks) > WARNINGS.most_jumps:
        return ClipWarning("several_people")
    return None


def clip_warnings(
    clip: ClipInfo, tracks: Tracks, drill: Drill | None, measuring: Measuring, has_reps: bool
) -> list[ClipWarning]:
    """Everything the user should know beside the results.

    Parameters
    ----------
    clip : ClipInfo
    tracks : Tracks
    drill : Drill or None
        Asked for or recognised.
    measuring : Measuring
        The least frame rate for contacts, and the size of a figure seen in full.
    has_reps : bool
        Whether any rep was found.

    Returns
    -------
    list of ClipWarning
    """
    out: list[ClipWarning] = []
    pose, camera = tracks.pose, tracks.camera
    fps = pose.fps
    timed = drill is not None and drill.has_flights
    if timed and has_reps and fps < measuring.min_judged_fps:
        out.append(ClipWarning("too_slow_to_judge", {"fps": fps}))
    elif timed and has_reps and fps < measuring.min_contact_fps:
        out.append(ClipWarning("low_frame_rate", {"fps": fps}))
    if camera.view == "oblique":
        out.append(ClipWarning("oblique_view", {"off": camera.off_side_deg}))
    steps = np.diff(pose.time_s)
    if len(steps) and steps.max() > WARNINGS.hole_s:
        k = int(steps.argmax())
        out.append(ClipWarning("hole", {"start_s": float(pose.time_s[k]), "end_s": float(pose.time_s[k + 1])}))
    if clip.variable_frame_rate:
        out.append(ClipWarning("variable_frame_rate"))
    swapped = pose.swapped_share
    if swapped > WARNINGS.exchanged_share and has_reps:
        out.append(ClipWarning("legs_exchanged", {"share": swapped}))
    if np.isfinite(pose.body_height_px) and pose.body_height_px < measuring.full_size_px and has_reps:
        out.append(ClipWarning("small_figure", {"size_px": pose.body_height_px}))
    return out + _cut_off(tracks)


def _cut_off(tracks: Tracks) -> list[ClipWarning]:
    """That the feet or the head leave the picture."""
    near = tracks.camera.near_side
    found = tracks.pose.found
    head = float(1 - tracks.pose.inside[found, PLUMB_CHAIN[near][0]].mean()) if found.any() else 0.0
    feet = feet_outside(tracks)
    out = []
    if feet > REPS.cut_off_share:
        out.append(ClipWarning("feet_cut_off", {"share": feet}))
    if head > REPS.cut_off_share:
        out.append(ClipWarning("head_cut_off", {"share": head}))
    return out


def light_warning(light: float) -> list[ClipWarning]:
    """That the athlete is filmed in the dark; `light` as `Footage` has it."""
    return [ClipWarning("too_dark")] if light < WARNINGS.dark_level else []


def far_leg_warning(tracks: Tracks, reps: tuple[Rep, ...]) -> list[ClipWarning]:
    """That the leg that works is the one behind.

    Parameters
    ----------
    tracks : Tracks
    reps : tuple of Rep

    Returns
    -------
    list of ClipWarning
        Empty, or one.
    """
    single = [rep.stance for rep in reps if rep.stance != "both"]
    camera = tracks.camera
    if camera.view == "front" or len(single) < len(reps) / 2 or len(set(single)) != 1:
        return []
    if single[0] == camera.near_side:
        return []
    return [ClipWarning("working_leg_far", {"side": single[0]})]


def people_note(count: int, chosen: int) -> list[ClipWarning]:
    """Who was measured where several people are seen.

    Parameters
    ----------
    count : int
        How many were seen.
    chosen : int
        Index of the one that was measured, from 0.

    Returns
    -------
    list of ClipWarning
        Empty, or one.
    """
    if count < 2:
        return []
    return [ClipWarning("bystanders", {"people": count, "person": chosen + 1}, "--athlete NUMBER or --athlete X,Y")]
