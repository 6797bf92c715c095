"""What Plumbline knows before it sees a film: the drills, field tests, the fault table, and the metrics' rows."""

from plumbline.catalogue._drills import Drill, Movement, find_drill, load_drills, load_movements, measurable_drill
from plumbline.catalogue._labels import MetricLabel, headline_metrics, metric_label, rounded
from plumbline.catalogue._protocols import Protocol, find_protocol, load_protocols, protocols_of
from plumbline.catalogue._rules import Rule, load_rules, read_limits
from plumbline.catalogue._targets import Target, find_target

__all__ = [
    "Drill",
    "MetricLabel",
    "Movement",
    "Protocol",
    "Rule",
    "Target",
    "find_drill",
    "find_protocol",
    "find_target",
    "headline_metrics",
    "load_drills",
    "load_movements",
    "load_protocols",
    "load_rules",
    "measurable_drill",
    "metric_label",
    "protocols_of",
    "read_limits",
    "rounded",
]
