"""Repetitions: the drill table, segmentation, recognition."""

from plumbline.reps._drills import Drill, find_drill, load_drills
from plumbline.reps._recognise import GAIT_PCT_BH, Recognised, recognise, travel_pct
from plumbline.reps._rep import Rep
from plumbline.reps._segment import SEGMENTERS, hip_height, holds, quiet

__all__ = [
    "GAIT_PCT_BH",
    "SEGMENTERS",
    "Drill",
    "Recognised",
    "Rep",
    "find_drill",
    "hip_height",
    "holds",
    "load_drills",
    "quiet",
    "recognise",
    "travel_pct",
]
