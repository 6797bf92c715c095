"""What a clip cannot show, and why, in plain words with what to do."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plumbline.catalogue import Drill, find_drill, load_drills
from plumbline.contact import Rate, Tilt
from plumbline.geometry import Tracks, foot_slide_pct
from plumbline.measuring import Measuring
from plumbline.metrics import Scale, Scales
from plumbline.pose import LEG, PLUMB_CHAIN, SIDES
from plumbline.reps import GAIT_PCT_BH, SURE, Lesson, Recognised, Rep, Seen
from plumbline.video import CameraPath, ClipInfo

SMALL_PX, TINY_PX = 250.0, 30.0
# A part that is outside the picture in more than this share of the frames is said to be.
CUT_OFF = 0.1
MANY_SWAPS = 0.10
TIMED_SEGMENTS = ("hops", "jumps", "landings")
SEEN_ZOOM = 0.03
NOTED_TILT_DEG = 1.0
LOST_PCT_BH_S = 700.0
# A chosen drill that fits its film less than this is questioned.
MISFIT = 0.05


@dataclass(frozen=True)
class ClipWarning:
    """A machine-readable code and a sentence for the user."""

    code: str
    message: str


LESSONS = {"touchdown": "touchdown", "toe_off": "toe-off"}


def lesson_notes(lessons: dict[str, Lesson]) -> list[ClipWarning]:
    """What events set by hand taught of the others of their kind."""
    notes = []
    for kind, lesson in lessons.items():
        one, all_of_them = LESSONS[kind], f"{LESSONS[kind]}s"
        set_by_hand = f"One {one} set by hand" if lesson.events == 1 else f"{lesson.events} {all_of_them} set by hand"
        way = "later" if lesson.shift_s > 0 else "earlier"
        notes.append(
            ClipWarning(
                f"{kind}_taught",
                f"{set_by_hand}: every other {one} of this clip is {1000 * abs(lesson.shift_s):.0f} ms {way} for it, "
                f"and what they share is known to ± {1000 * lesson.common_s:.0f} instead of "
                f"± {1000 * lesson.before_s:.0f} ms.",
            )
        )
    return notes


def _tracking_jumps(tracks: Tracks) -> int:
    """How often the person found jumps faster than a body can."""
    hips = tracks.pose.raw[:, [LEG[s][0] for s in SIDES]].mean(axis=1)
    speed = np.linalg.norm(np.diff(hips, axis=0), axis=1) / np.diff(tracks.time_s)
    with np.errstate(invalid="ignore"):
        return int(np.sum(speed / tracks.pose.body_height_px * 100 > LOST_PCT_BH_S))


def _view_of_drill(tracks: Tracks, wanted: Drill | None) -> ClipWarning | None:
    """Why the clip's view does not suit the drill that was asked for."""
    seen = tracks.camera.view
    if wanted is None or seen == "unknown":
        return None
    if wanted.measured.view == "side" and seen == "front":
        fronts = ", ".join(d.id for d in load_drills().values() if d.movement and d.movement.view == "front")
        return ClipWarning(
            "front_view",
            f"The athlete faces the camera: for '{wanted.id}' knee bend and the plumb line can only be seen from the "
            f"side. Film side-on, or choose a drill that is read from the front ({fronts}).",
        )
    if wanted.measured.view == "front" and seen != "front":
        return ClipWarning(
            "side_view",
            f"'{wanted.id}' is read from the front, and the athlete does not face the camera: "
            "film from the front, or choose another drill.",
        )
    return None


def view_refusal(tracks: Tracks, measuring: Measuring, wanted: Drill | None) -> ClipWarning | None:
    """Why nothing of this clip can be measured, None when it can."""
    pose, camera = tracks.pose, tracks.camera
    seen = pose.seen_share
    if seen == 0.0 or not np.isfinite(pose.body_height_px):
        return ClipWarning(
            "no_person", "No person was found: film one athlete from the side, whole body in the picture."
        )
    if pose.body_height_px < TINY_PX or min(pose.width, pose.height) < 2 * TINY_PX:
        return ClipWarning("too_small", "The athlete is too small in the picture: move the camera closer.")
    if seen < measuring.min_detected_fraction:
        return ClipWarning(
            "person_rarely_seen",
            f"A person was found in only {seen:.0%} of the frames: keep the athlete in the picture "
            "the whole time, or cut the film to the drill.",
        )
    unsuited = _view_of_drill(tracks, wanted)
    if unsuited is not None:
        return unsuited
    if camera.view != "front" and not camera.facing_sure:
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


def rate_warning(clip: ClipInfo, rate: Rate, wanted: Drill | None) -> ClipWarning | None:
    """Why times cannot be believed: the athlete falls slower than g, and nothing settles it.

    A drill without flights that was asked for is measured all the same.
    """
    if rate.factor == 1.0 or clip.capture_fps_source == "gravity":
        return None
    if wanted is not None and wanted.segment not in TIMED_SEGMENTS:
        return None
    real = clip.capture_fps * rate.factor
    declared = {"given": "the rate given", "tag": "the rate in the file"}.get(clip.capture_fps_source)
    against = f", though {declared} is {clip.capture_fps:.0f}" if declared else ""
    settle = "" if rate.settled or declared else " The athlete's height (--height-m) makes this certain."
    return ClipWarning(
        "slow_motion",
        f"This looks like slow motion, probably {real:.0f} frames per second{against}. "
        f"Use {real:.0f} (--capture-fps {real:.0f})?{settle}",
    )


def _in_numbers(seen: Seen) -> str:
    """What was seen, in a few numbers."""
    parts = []
    if seen.flights:
        parts.append(f"{seen.flights:.0f} flights of {1000 * seen.flight_s:.0f} ms")
    if np.isfinite(seen.lift_rate_hz):
        parts.append(f"{seen.lifts:.0f} raised feet, {60 * seen.lift_rate_hz:.0f} per minute")
    if seen.dips:
        parts.append(f"{seen.dips:.0f} bends, {seen.dip_pct_bh:.0f} % of body height deep")
    parts.append(f"{100 * seen.still_share:.0f} % of the time still")
    return ", ".join(parts)


def drill_warnings(seen: Recognised | None, wanted: Drill | None, fit: float) -> list[ClipWarning]:
    """What is to be said of the drill: not known, not sure, named only, or chosen against the film."""
    if wanted is not None:
        if not fit < MISFIT:
            return []
        return [
            ClipWarning(
                "drill_misfit",
                f"The film does not look like '{wanted.id}', which was chosen: check the drill before trusting the "
                "numbers.",
            )
        ]
    if seen is None or seen.seen is None:
        return []
    named = find_drill(seen.drill_id) if seen.drill_id else None
    if named is not None and named.movement is None and seen.confidence >= SURE:
        return [
            ClipWarning("named_only", f"This is {named.name.lower()} ({seen.confidence:.0%} sure). {named.not_judged}")
        ]
    if seen.confidence >= SURE:
        return []
    ways = [d for d, _ in seen.likely if find_drill(d).movement is not None]
    choose = " or ".join(f"--drill {d}" for d in ways) or "--drill"
    names = " or ".join(f"{find_drill(d).name.lower()} ({p:.0%})" for d, p in seen.likely)
    start = "The drill is not sure" if seen.drill_id else "Movement not known"
    return [
        ClipWarning(
            "drill_unsure" if seen.drill_id else "movement_not_known",
            f"{start}: most likely {names}. Seen: {_in_numbers(seen.seen)}. No faults are raised until the drill is "
            f"chosen ({choose}).",
        )
    ]


def empty_warning(tracks: Tracks, drill: Drill | None) -> ClipWarning:
    """Why no rep was found."""
    if foot_slide_pct(tracks) >= GAIT_PCT_BH:
        return ClipWarning(
            "gait",
            "The clip shows walking or running (or the camera moves along): no drill that Plumbline "
            "measures was found. Choose the drill (--drill) if it is one.",
        )
    what = f"No {drill.name.lower()}" if drill else "No drill that Plumbline knows"
    return ClipWarning(
        "nothing_found",
        f"{what} found in this clip: check that the whole movement is filmed side-on, or choose the drill (--drill).",
    )


def file_notes(clip: ClipInfo) -> list[ClipWarning]:
    """What was done about the way in which the file holds its film."""
    out = []
    if clip.way is not None and clip.way.tracks > 1:
        out.append(
            ClipWarning(
                "several_films",
                f"The file holds {clip.way.tracks} films: the one of {clip.width} × {clip.height} px (track "
                f"{clip.way.track + 1}) was measured. Export another one by itself to have it measured.",
            )
        )
    if clip.way is not None and clip.way.interlaced:
        out.append(
            ClipWarning(
                "interlaced",
                f"The film is interlaced: each frame was taken apart into its two fields, {clip.container_fps:.0f} "
                "pictures per second. Film in progressive mode (50p or 60p) for sharper pictures.",
            )
        )
    if clip.instants is not None and len(clip.instants) > 1:
        real = (len(clip.instants) - 1) / float(clip.instants.time_s[-1] - clip.instants.time_s[0]) / clip.time_scale
        out.append(
            ClipWarning(
                "repeated_pictures",
                f"The file has {clip.capture_fps:.0f} pictures per second, but only {real:.0f} different ones: "
                f"it is measured at {real:.0f}. Give the original film, not a copy or a recording of the screen.",
            )
        )
    return out


def clip_warnings(
    clip: ClipInfo, tracks: Tracks, drill: Drill | None, measuring: Measuring, has_reps: bool
) -> list[ClipWarning]:
    """Everything the user should know beside the results."""
    out: list[ClipWarning] = []
    pose, camera = tracks.pose, tracks.camera
    fps = pose.fps
    timed = drill is not None and drill.segment in TIMED_SEGMENTS
    if timed and has_reps and fps < measuring.min_contact_fps:
        out.append(
            ClipWarning(
                "low_frame_rate",
                f"At {fps:.0f} frames per second contact time is only good to ±{1000 / fps / 2:.0f} ms; RSI and "
                "stiffness are not shown. Film at 60 or more.",
            )
        )
    if camera.view == "oblique":
        out.append(
            ClipWarning(
                "oblique_view",
                f"The athlete is filmed about {camera.off_side_deg:.0f}° off side-on: posture and knee angles read "
                "too small, and their uncertainty is larger. Film side-on.",
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
                f"Left and right legs were mixed up in {swapped:.0%} of frames and corrected. "
                "Check that the working leg is the one near the camera.",
            )
        )
    if np.isfinite(pose.body_height_px) and pose.body_height_px < SMALL_PX and has_reps:
        out.append(
            ClipWarning(
                "small_figure",
                f"The athlete is small in the picture ({pose.body_height_px:.0f} px from ankle to ear): errors are "
                "larger for it. Move the camera closer, or film at a higher resolution.",
            )
        )
    return out + (_cut_off(tracks) if has_reps else [])


def _cut_off(tracks: Tracks) -> list[ClipWarning]:
    """That the feet or the head leave the picture."""
    near = tracks.camera.near_side
    outside = 1 - tracks.pose.inside.mean(axis=0)
    out = []
    if min(outside[k] for k in LEG[near][3:]) > CUT_OFF:
        out.append(
            ClipWarning(
                "feet_cut_off",
                f"The feet are out of the picture in {outside[LEG[near][4]]:.0%} of the frames: when they touch the "
                "floor is not seen there. Film with the floor under the feet in the picture.",
            )
        )
    if outside[PLUMB_CHAIN[near][0]] > CUT_OFF:
        out.append(
            ClipWarning(
                "head_cut_off",
                f"The head is out of the picture in {outside[PLUMB_CHAIN[near][0]]:.0%} of the frames: leave room "
                "over it, also for the jump.",
            )
        )
    return out


def far_leg_warning(tracks: Tracks, reps: tuple[Rep, ...]) -> list[ClipWarning]:
    """That the leg that works is the one behind."""
    single = [rep.stance for rep in reps if rep.stance != "both"]
    camera = tracks.camera
    if camera.view == "front" or len(single) < len(reps) / 2 or len(set(single)) != 1:
        return []
    if single[0] == camera.near_side:
        return []
    return [
        ClipWarning(
            "working_leg_far",
            f"The {single[0]} leg works, and it is the one further from the camera, which is seen badly: "
            "film with the working leg near the camera.",
        )
    ]


def rate_note(clip: ClipInfo, rate: Rate) -> list[ClipWarning]:
    """That the clock was put right by the fall and the stature."""
    if clip.capture_fps_source != "gravity":
        return []
    return [
        ClipWarning(
            "slow_motion_settled",
            f"The film is slow motion, ×{rate.factor:.3g}: with the stature given, the athlete falls at g only when "
            f"it was captured at {clip.capture_fps:.0f} frames per second. Times are corrected for it.",
        )
    ]


def camera_warnings(path: CameraPath, camera_lost: bool) -> list[ClipWarning]:
    """What the camera's movement means."""
    if not path.moves:
        return []
    zoom = path.zoom[path.known]
    zoomed = float(np.ptp(zoom)) > SEEN_ZOOM
    how = "moves and zooms" if zoomed else "moves"
    if camera_lost:
        return [
            ClipWarning(
                "camera_lost",
                f"The camera {how}, and its background could be followed in only {path.followed:.0%} of the frames: "
                "what needs a still camera is left out, contact times are doubtful. Put the phone on a stand.",
            )
        ]
    return [
        ClipWarning(
            "camera_moves",
            f"The phone {how.replace('moves', 'moved').replace('zooms', 'zoomed')}; we corrected for it. "
            "A phone on a stand gives better numbers.",
        )
    ]


def tilt_warnings(tilt: Tilt) -> list[ClipWarning]:
    """How the camera is turned, and witnesses that contradict each other."""
    out = []
    if tilt.corrected and abs(tilt.tilt_deg) >= NOTED_TILT_DEG:
        out.append(
            ClipWarning(
                "tilted",
                f"The camera is turned by {tilt.tilt_deg:+.1f} ± {tilt.sd_deg:.1f}° (by {tilt.source}); "
                "upright is corrected for it.",
            )
        )
    for w in tilt.doubted:
        out.append(
            ClipWarning(
                "tilt_contradicted",
                f"By the {w.source} the camera is turned by {w.tilt_deg:+.1f}°, which {tilt.source} contradicts "
                f"({tilt.tilt_deg:+.1f}°): the latter is believed.",
            )
        )
    return out


def _why(a: Scale, b: Scale, path: CameraPath, height_m: float | None) -> str:
    """The likeliest reason for two scales to differ."""
    sources = {a.source: a, b.source: b}
    if "gravity" in sources and path.moves:
        return "the camera moves, which falsifies the fall: film with a still camera"
    if "stature" in sources and "gravity" in sources and height_m is not None:
        implied = height_m * sources["gravity"].value / sources["stature"].value
        if 1.2 <= implied <= 2.2:
            return (
                f"is the stature right? By the fall it would be {implied:.2f} m; or the capture rate is not as stated"
            )
        return "is the capture rate right? The athlete does not fall at g"
    return "check the marked points: they must lie as far from the camera as the athlete"


def scale_warnings(scales: Scales, path: CameraPath, height_m: float | None) -> list[ClipWarning]:
    """Scales that contradict each other, with the likeliest reason."""
    return [
        ClipWarning(
            "scale_contradicted",
            f"One pixel is {1000 * a.value:.2f} ± {1000 * a.sd:.2f} mm by {a.source}, but "
            f"{1000 * b.value:.2f} ± {1000 * b.sd:.2f} mm by {b.source}: {_why(a, b, path, height_m)}.",
        )
        for a, b in scales.contradictions
    ]


def people_note(count: int, chosen: int) -> list[ClipWarning]:
    """Who was measured where several people are seen."""
    if count < 2:
        return []
    return [
        ClipWarning(
            "bystanders",
            f"{count} people were seen; person {chosen + 1} was measured. "
            "Choose another by number, or by a point of the picture (--athlete NUMBER or X,Y).",
        )
    ]
