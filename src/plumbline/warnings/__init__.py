"""What a clip cannot show, and why, in plain words with what to do."""

from plumbline.warnings._camera import camera_warnings, scale_warnings, tilt_warnings
from plumbline.warnings._clock import file_notes, ramp_warning, rate_note, rate_warning, take_warning
from plumbline.warnings._drill import drill_warnings, empty_warning, hidden_step_warning, lesson_notes
from plumbline.warnings._picture import clip_warnings, far_leg_warning, light_warning, people_note, view_refusal
from plumbline.warnings._warning import ClipWarning

__all__ = [
    "ClipWarning",
    "camera_warnings",
    "clip_warnings",
    "drill_warnings",
    "empty_warning",
    "far_leg_warning",
    "file_notes",
    "hidden_step_warning",
    "lesson_notes",
    "light_warning",
    "people_note",
    "ramp_warning",
    "rate_note",
    "rate_warning",
    "scale_warnings",
    "take_warning",
    "tilt_warnings",
    "view_refusal",
]
