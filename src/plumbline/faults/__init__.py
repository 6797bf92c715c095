"""The engine that holds what was measured against the fault table."""

from plumbline.faults._engine import Verdict, called, decide, judge, reps_to_call

__all__ = ["Verdict", "called", "decide", "judge", "reps_to_call"]
