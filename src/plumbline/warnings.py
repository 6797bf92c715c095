"""What a clip cannot show, and why, in plain words with what to do."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plumbline.contact import GRAVITY_PCT_BH, Contacts
from plumbline.geometry import Tracks, foot_slide_pct
from plumbline.measuring import Measuring
from plumbline.pose import LEG, SIDES
from plumbline.reps import GAIT_PCT_BH, Drill
from plumbline.video import ClipInfo

SMALL_PX = 120.0
MANY_SWAPS = 0.10
LOST_PCT_BH_S = 700.0


@dataclass(frozen=True)
class ClipWarning:
    """A machine-readable code and a sentence for the user."""

    code: str
    message: str


def _tracking_jumps(tracks: Tracks) -> int:
    """How often the person found jumps faster than a body can."""
    hips = tracks.pose.raw[:, [LEG[s][0] for s in SIDES]].mean(axis=1)
    speed = np.linalg.norm(np.diff(hips, axis=0), axis=1) / np.diff(tracks.time_s)
    with np.errstate(invalid="ignore"):
        return int(np.sum(speed / tracks.pose.body_height_px * 100 > LOST_PCT_BH_S))


def view_refusal(tracks: Tracks, measuring: Measuring) -> ClipWarning | None:
    """Why nothing of this clip can be measured, None when it can."""
    pose, camera = tracks.pose, tracks.camera
    seen = float(pose.found.mean()) if len(pose.found) else 0.0
    if seen == 0.0 or not np.isfinite(pose.body_height_px):
        return ClipWarning(
            "no_person", "No person was found: film one athlete from the side, whole body in the picture."
        )
    if pose.body_height_px < SMALL_PX / 4 or min(pose.width, pose.height) < SMALL_PX / 2:
        return ClipWarning("too_small", "The athlete is too small in the picture: move the camera closer.")
    if seen < measuring.min_detected_fraction:
        return ClipWarning(
            "person_rarely_seen",
            f"A person was found in only {seen:.0%} of the frames: keep the athlete in the picture "
            "the whole time, or cut the film to the drill.",
        )
    if camera.view == "front":
        return ClipWarning(
            "front_view",
            "The athlete faces the camera: knee bend and the plumb line can only be seen from the side. Film side-on.",
        )
    if not camera.facing_sure:
        return ClipWarning(
            "facing_unclear",
            "It is not clear which way the athlete faces, or several people are taken in turns: "
            "film one athlete side-on, facing one way.",
        )
    if _tracking_jumps(tracks) > 2:
        return ClipWarning(
            "several_people",
            "The pose model jumps between people or loses the athlete: keep others out of the picture.",
        )
    return None


def empty_warning(tracks: Tracks, contacts: Contacts, drill: Drill | None) -> ClipWarning:
    """Why no rep was found."""
    if contacts.implausible and foot_slide_pct(tracks) < GAIT_PCT_BH:
        g = float(np.nanmedian([f.gravity_pct_bh_s2 for f in contacts.implausible]))
        share = g / GRAVITY_PCT_BH
        if 0 < share < 0.5:
            factor = float(np.sqrt(1 / share))
            return ClipWarning(
                "slow_motion",
                "The feet leave the floor but the body does not fall at g: the film seems to be slow motion, "
                f"about {factor:.1f} times slowed. Give the real rate with --capture-fps.",
            )
    if foot_slide_pct(tracks) >= GAIT_PCT_BH:
        return ClipWarning(
            "gait",
            "The clip shows walking or running (or the camera moves along): no drill that Plumbline "
            "measures was found. Choose the drill with --drill if it is one.",
        )
    what = f"no repetition of '{drill.id}'" if drill else "no drill that Plumbline knows"
    return ClipWarning(
        "nothing_found",
        f"There is {what} in this clip: check that the whole movement is filmed side-on, "
        "or choose the drill with --drill.",
    )


def clip_warnings(
    clip: ClipInfo, tracks: Tracks, drill: Drill | None, measuring: Measuring, has_reps: bool
) -> list[ClipWarning]:
    """Everything the user should know beside the results."""
    out: list[ClipWarning] = []
    pose, camera = tracks.pose, tracks.camera
    fps = pose.fps
    timed = drill is not None and drill.segment in ("hops", "jumps", "landings")
    if timed and has_reps and fps < measuring.min_contact_fps:
        out.append(
            ClipWarning(
                "low_frame_rate",
                f"The film has {fps:.0f} frames per second: contact times are a band of about "
                f"±{1000 / fps / 2:.0f} ms, reactive strength and stiffness are withheld. Film at 60 or more.",
            )
        )
    if camera.view == "oblique":
        out.append(
            ClipWarning(
                "oblique_view",
                "The athlete is filmed at an angle: posture and knee angles read too small. Film side-on.",
            )
        )
    if clip.variable_frame_rate:
        out.append(
            ClipWarning(
                "variable_frame_rate",
                "The film drops frames or has a variable rate: times come from its own time stamps.",
            )
        )
    swapped = float(pose.swapped.mean()) if len(pose.swapped) else 0.0
    if swapped > MANY_SWAPS and has_reps:
        out.append(
            ClipWarning(
                "legs_exchanged",
                f"The pose model exchanged left and right in {swapped:.0%} of the frames; this was put right, "
                "but check that the working leg is the one near the camera.",
            )
        )
    if np.isfinite(pose.body_height_px) and pose.body_height_px < SMALL_PX and has_reps:
        out.append(
            ClipWarning(
                "small_figure", "The athlete is small in the picture: move the camera closer for better numbers."
            )
        )
    return out
