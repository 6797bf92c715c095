"""The training log: athletes, sessions, drill sets with measured metrics, effort and discomfort."""

from plumbline.log._entries import AthleteEntry, Discomfort, FaultCount, MetricEntry, SessionEntry, SetEntry
from plumbline.log._exchange import export_csv, export_json, import_json
from plumbline.log._from_report import set_from_report
from plumbline.log._store import TrainingLog, default_url

__all__ = [
    "AthleteEntry",
    "Discomfort",
    "FaultCount",
    "MetricEntry",
    "SessionEntry",
    "SetEntry",
    "TrainingLog",
    "default_url",
    "export_csv",
    "export_json",
    "import_json",
    "set_from_report",
]
