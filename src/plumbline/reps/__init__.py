"""Repetitions: the drill table, segmentation, recognition."""

from plumbline.reps._drills import Drill, find_drill, load_drills
from plumbline.reps._edit import EVENTS, Correction, Move, correct
from plumbline.reps._recognise import GAIT_PCT_BH, Recognised, recognise, travel_pct
from plumbline.reps._rep import Rep
from plumbline.reps._segment import SEGMENTERS, hip_height, holds, quiet

__all__ = [
    "EVENTS",
    "GAIT_PCT_BH",
    "SEGMENTERS",
    "Correction",
    "Drill",
    "Move",
    "Recognised",
    "Rep",
    "correct",
    "find_drill",
    "hip_height",
    "holds",
    "load_drills",
    "quiet",
    "recognise",
    "travel_pct",
]
