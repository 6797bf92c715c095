"""What is said of a clip beside its numbers."""

from __future__ import annotations

from plumbline.analysis import Analysis
from plumbline.measuring import Measuring
from plumbline.metrics import hidden_steps
from plumbline.pipeline._setting import Setting
from plumbline.reps import fits
from plumbline.warnings import (
    ClipWarning,
    camera_warnings,
    clip_warnings,
    drill_warnings,
    empty_warning,
    far_leg_warning,
    file_notes,
    hidden_step_warning,
    lesson_notes,
    light_warning,
    people_note,
    rate_note,
    scale_warnings,
    tilt_warnings,
)


def all_warnings(
    a: Analysis,
    whole: Setting,
    refusals: list[ClipWarning],
    of_take: list[ClipWarning],
    values: Measuring,
    *,
    camera_lost: bool,
) -> tuple[ClipWarning, ...]:
    """Everything that is said of a clip, in order of weight: why it is refused, the drill, the film, the camera.

    Parameters
    ----------
    a : Analysis
        Complete but for its warnings.
    whole : Setting
        What it was found on.
    refusals : list of ClipWarning
        Why nothing is measured.
    of_take : list of ClipWarning
        What was said when the take and its clock were settled.
    values : Measuring
    camera_lost : bool
        Whether the camera moved in a way that could not be followed.

    Returns
    -------
    tuple of ClipWarning
    """
    tracks, request, footage = whole.tracks, a.request, a.footage
    reps = tuple(m.rep for m in a.reps)
    out = [*(refusals or _of_drill(a, whole))]
    out += hidden_step_warning([reps[k].index for k in hidden_steps([m.metrics for m in a.reps])])
    out += file_notes(a.clip, footage.unread) + of_take
    out += clip_warnings(a.clip, tracks, a.drill, values, bool(reps)) + rate_note(a.clip, a.rate)
    out += light_warning(footage.light) + far_leg_warning(tracks, reps) + lesson_notes(a.lessons)
    out += camera_warnings(footage.camera, camera_lost) + tilt_warnings(whole.tilt)
    out += scale_warnings(a.scales, footage.camera, request.height_m)
    out += people_note(len(footage.people), footage.people.choose(request.who))
    return tuple(out)


def _of_drill(a: Analysis, whole: Setting) -> list[ClipWarning]:
    """What is said of the drill; or that none of its reps was found."""
    wanted = a.request.wanted
    fit = fits(whole.tracks, whole.contacts, wanted.measured.id) if wanted else float("nan")
    said = drill_warnings(a.recognised, wanted, fit)
    if not a.reps and (wanted is not None or not said):
        return [empty_warning(whole.tracks, whole.contacts, a.drill)]
    return said
