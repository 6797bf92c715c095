"""The film and its clock: slow motion, and what the file does to times and pictures."""

from __future__ import annotations

from plumbline.camera import Ramp
from plumbline.catalogue import Drill
from plumbline.contact import Rate
from plumbline.video import ClipInfo
from plumbline.warnings._warning import ClipWarning


def rate_warning(clip: ClipInfo, rate: Rate, wanted: Drill | None) -> ClipWarning | None:
    """Why times cannot be believed: the athlete falls slower than g, and nothing settles it.

    A drill without flights that was asked for is measured all the same.
    """
    if rate.factor == 1.0 or clip.capture_fps_source == "gravity":
        return None
    if wanted is not None and not wanted.has_flights:
        return None
    real = clip.capture_fps * rate.factor
    declared = {"given": "the rate given", "tag": "the rate in the file"}.get(clip.capture_fps_source)
    against = f", though {declared} is {clip.capture_fps:.0f}" if declared else ""
    settle = "" if rate.settled or declared else " The athlete's height makes this certain."
    return ClipWarning(
        "slow_motion",
        f"This looks like slow motion, probably {real:.0f} frames per second{against}. Use {real:.0f}?{settle}",
        f"--capture-fps {real:.0f}" + (" or --height-m" if settle else ""),
    )


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
    if clip.way is not None and clip.way.fields:
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


def take_warning(start_s: float, end_s: float, others: int, turns_back: bool) -> ClipWarning:
    """That only one take of a film was measured: others beside it, or the same played backwards after it."""
    if turns_back:
        return ClipWarning(
            "runs_backwards",
            f"From {end_s:.1f} s on the film runs backwards: only what comes before was measured. "
            "Give the film as it was shot.",
        )
    takes = "another take" if others == 1 else f"{others} other takes"
    return ClipWarning(
        "several_takes",
        f"The film is cut and holds {takes}: only the longest, from {start_s:.1f} to {end_s:.1f} s, was measured. "
        "Give each take as a film of its own.",
    )


def ramp_warning(ramp: Ramp, fps: float) -> ClipWarning:
    """That a film changes its speed, and how it was measured."""
    return ClipWarning(
        "speed_ramp",
        f"The film changes its speed: from {ramp.start_s:.1f} to {ramp.end_s:.1f} s it runs ×{ramp.factor:.3g} "
        f"slower than before or after. Each stretch was measured at its own rate: {fps * ramp.factor:.0f} frames per "
        f"second there, {fps:.0f} elsewhere.",
    )
