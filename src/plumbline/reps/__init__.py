"""Repetitions: segmentation, recognition, corrections by hand."""

from plumbline.reps._edit import EVENTS, Corrected, Correction, Move, correct
from plumbline.reps._holds import holds, lifted, quiet, spans
from plumbline.reps._learn import Lesson
from plumbline.reps._recognise import Recognised, fits, is_sure, recognise
from plumbline.reps._rep import Rep
from plumbline.reps._repeats import ankle_heights_pct, hip_extension_deg, hip_height
from plumbline.reps._seen import Seen, look, shows_enough
from plumbline.reps._segment import SEGMENTERS
from plumbline.reps._settings import REPS

__all__ = [
    "EVENTS",
    "REPS",
    "SEGMENTERS",
    "Corrected",
    "Correction",
    "Lesson",
    "Move",
    "Recognised",
    "Rep",
    "Seen",
    "ankle_heights_pct",
    "correct",
    "fits",
    "hip_extension_deg",
    "hip_height",
    "holds",
    "is_sure",
    "lifted",
    "look",
    "quiet",
    "recognise",
    "shows_enough",
    "spans",
]
