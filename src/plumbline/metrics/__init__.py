"""Every metric a value with its uncertainty; formulas with their references."""

from plumbline.metrics._context import Context
from plumbline.metrics._formulas import (
    jump_height_m,
    peak_force_per_kg,
    vertical_displacement_m,
    vertical_stiffness_per_kg,
)
from plumbline.metrics._quantity import Quantity, propagate
from plumbline.metrics._scale import Scale, find_scale
from plumbline.metrics._summary import Summary, rhythm_cv, summarise
from plumbline.metrics._table import METRICS, measure, withheld

__all__ = [
    "METRICS",
    "Context",
    "Quantity",
    "Scale",
    "Summary",
    "find_scale",
    "jump_height_m",
    "measure",
    "peak_force_per_kg",
    "propagate",
    "rhythm_cv",
    "summarise",
    "vertical_displacement_m",
    "vertical_stiffness_per_kg",
    "withheld",
]
