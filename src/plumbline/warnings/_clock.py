"""The film and its clock: slow motion, and what the file does to times and pictures."""

from __future__ import annotations

from plumbline.camera import Ramp
from plumbline.catalogue import Drill
from plumbline.clip import ClipInfo
from plumbline.contact import Rate
from plumbline.messages import Message
from plumbline.warnings._settings import WARNINGS
from plumbline.warnings._warning import ClipWarning


def rate_warning(clip: ClipInfo, rate: Rate, wanted: Drill | None) -> ClipWarning | None:
    """Why times cannot be believed: the athlete falls slower than g, and nothing settles it.

    A drill without flights that was asked for is measured all the same.

    Parameters
    ----------
    clip : ClipInfo
    rate : Rate
        What the fall says of the clock.
    wanted : Drill or None
        The drill that was asked for.

    Returns
    -------
    ClipWarning or None
        None where times can be believed.
    """
    if rate.factor == 1.0 or clip.capture_fps_source == "gravity":
        return None
    if wanted is not None and not wanted.has_flights:
        return None
    real = clip.capture_fps * rate.factor
    declared = {"given": "though_given", "tag": "though_tagged"}.get(clip.capture_fps_source)
    settled = not rate.settled and declared is None
    return ClipWarning(
        "slow_motion",
        {
            "fps": real,
            "though": Message(declared, {"fps": clip.capture_fps}) if declared else "",
            "settled": Message("height_settles") if settled else "",
        },
        f"--capture-fps {real:.0f}" + (" or --height-m" if settled else ""),
    )


def rate_note(clip: ClipInfo, rate: Rate) -> list[ClipWarning]:
    """That the clock was put right by the fall and the stature; a ramp has a warning of its own.

    Parameters
    ----------
    clip : ClipInfo
    rate : Rate
        By which it was put right.

    Returns
    -------
    list of ClipWarning
        Empty, or one.
    """
    if clip.capture_fps_source != "gravity" or clip.ramp is not None:
        return []
    return [ClipWarning("slow_motion_settled", {"factor": rate.factor, "fps": clip.capture_fps})]


def file_notes(clip: ClipInfo, unread: int) -> list[ClipWarning]:
    """What was done about the way in which a file holds its film, and what of it could not be read.

    Parameters
    ----------
    clip : ClipInfo
    unread : int
        Frames that could not be decoded.

    Returns
    -------
    list of ClipWarning
    """
    out = []
    halves = clip.way is not None and bool(clip.way.fields)  # one lost frame or two pictures
    lost, whole = clip.missing + (0 if halves else unread), clip.frames + clip.missing
    if lost > max(WARNINGS.unread_frames, WARNINGS.unread_share * whole):
        out.append(ClipWarning("unread_frames", {"n": lost, "frames": whole}))
    if clip.capture_fps_source == "tag":
        out.append(ClipWarning("tagged_slow", {"fps": clip.capture_fps, "plays": clip.container_fps}, "--capture-fps"))
    if clip.way is not None and clip.way.tracks > 1:
        size = {"width": clip.width, "height": clip.height}
        out.append(ClipWarning("several_films", {"films": clip.way.tracks, "track": clip.way.track + 1, **size}))
    if clip.way is not None and not clip.way.clock and clip.capture_fps_source == "container":
        out.append(ClipWarning("no_clock", {"fps": clip.container_fps}, "--capture-fps"))
    if clip.way is not None and clip.way.fields:
        out.append(ClipWarning("interlaced", {"fps": clip.container_fps}))
    if clip.instants is not None and len(clip.instants) > 1:
        in_file = (len(clip.instants) - 1) / float(clip.instants.time_s[-1] - clip.instants.time_s[0])
        # A film that changes its speed has no one rate of its own: the file's is told.
        scale = 1.0 if clip.ramp is not None else clip.time_scale
        fps = clip.container_fps if clip.ramp is not None else clip.capture_fps
        out.append(ClipWarning("repeated_pictures", {"fps": fps, "real": in_file / scale}))
    return out


def take_warning(start_s: float, end_s: float, others: int, turns_back: bool) -> ClipWarning:
    """That only one take of a film was measured: others beside it, or the same played backwards after it.

    Parameters
    ----------
    start_s, end_s : float
        Of the take, real time.
    others : int
        Takes that were left out.
    turns_back : bool
        Whether the film runs backwards after it.

    Returns
    -------
    ClipWarning
    """
    if turns_back:
        return ClipWarning("runs_backwards", {"end_s": end_s})
    return ClipWarning("several_takes", {"n": others, "start_s": start_s, "end_s": end_s})


def ramp_warning(ramp: Ramp, fps: float) -> ClipWarning:
    """That a film changes its speed, and how it was measured.

    Parameters
    ----------
    ramp : Ramp
    fps : float
        Frames per second outside of the ramp.

    Returns
    -------
    ClipWarning
    """
    span = {"start_s": ramp.start_s, "end_s": ramp.end_s, "factor": ramp.factor}
    return ClipWarning("speed_ramp", {**span, "slowed_fps": fps * ramp.factor, "fps": fps})
