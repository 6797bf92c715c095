"""Measured against truth: reps matched, errors and limits of agreement."""

from plumbline.validation._agreement import Agreement, agreement, agreement_table
from plumbline.validation._compare import Comparison, compare, labels_of, read_truth

__all__ = ["Agreement", "Comparison", "agreement", "agreement_table", "compare", "labels_of", "read_truth"]
