"""The pipeline in one place: a film's footage in, everything measured out."""

from plumbline.pipeline._measure import analyze, measure_footage, measure_pose

__all__ = ["analyze", "measure_footage", "measure_pose"]
