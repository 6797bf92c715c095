"""The engine that holds what was measured against the fault table."""

from plumbline.faults._engine import Verdict, called, decide, judge, reps_to_call
from plumbline.faults._rank import beyond, judged_in, judged_share, ranked

__all__ = ["Verdict", "beyond", "called", "decide", "judge", "judged_in", "judged_share", "ranked", "reps_to_call"]
