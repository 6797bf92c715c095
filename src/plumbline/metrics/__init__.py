"""Every metric a value with its uncertainty; formulas with their references."""

from plumbline.metrics._bounds import possible
from plumbline.metrics._context import Context, FlatFoot
from plumbline.metrics._formulas import (
    jump_height_m,
    peak_force_per_kg,
    vertical_displacement_m,
    vertical_stiffness_per_kg,
)
from plumbline.metrics._scale import MarkedDistance, Scale, Scales, find_scales
from plumbline.metrics._summary import Summary, hidden_steps, rhythm_cv, summarise, summarise_clip, summarise_legs
from plumbline.metrics._table import ACROSS_REPS, METRICS, measure, withheld

__all__ = [
    "ACROSS_REPS",
    "METRICS",
    "Context",
    "FlatFoot",
    "MarkedDistance",
    "Scale",
    "Scales",
    "Summary",
    "find_scales",
    "hidden_steps",
    "jump_height_m",
    "measure",
    "peak_force_per_kg",
    "possible",
    "rhythm_cv",
    "summarise",
    "summarise_clip",
    "summarise_legs",
    "vertical_displacement_m",
    "vertical_stiffness_per_kg",
    "withheld",
]
