"""Fault rules from a table, and the engine that applies them."""

from plumbline.faults._engine import Verdict, called, decide, judge
from plumbline.faults._rules import Rule, load_rules, read_limits

__all__ = ["Rule", "Verdict", "called", "decide", "judge", "load_rules", "read_limits"]
