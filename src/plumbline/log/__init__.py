"""The training log: athletes, sessions, drill sets with measured metrics, effort and discomfort."""

from plumbline.log._entries import AthleteEntry, Discomfort, FaultCount, MetricEntry, SessionEntry, SetEntry, drill_name
from plumbline.log._exchange import export_csv, export_json, import_json
from plumbline.log._from_report import kind_of, set_by_hand, set_from_report
from plumbline.log._progress import (
    Asymmetry,
    Trend,
    asymmetries,
    asymmetry,
    fault_shares,
    latest_pairs,
    reassess_on,
    trends,
    weekly_contacts,
)
from plumbline.log._store import TrainingLog, default_url

__all__ = [
    "Asymmetry",
    "AthleteEntry",
    "Discomfort",
    "FaultCount",
    "MetricEntry",
    "SessionEntry",
    "SetEntry",
    "TrainingLog",
    "Trend",
    "asymmetries",
    "asymmetry",
    "default_url",
    "drill_name",
    "export_csv",
    "export_json",
    "fault_shares",
    "import_json",
    "kind_of",
    "latest_pairs",
    "reassess_on",
    "set_by_hand",
    "set_from_report",
    "trends",
    "weekly_contacts",
]
