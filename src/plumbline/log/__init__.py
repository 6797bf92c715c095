"""The training log: athletes, sessions, drill sets with measured metrics, effort and discomfort."""

from plumbline.log._database import default_url, url_of_coach
from plumbline.log._entries import AthleteEntry, Discomfort, FaultCount, MetricEntry, SessionEntry, SetEntry, drill_name
from plumbline.log._exchange import export_csv, export_json, import_json
from plumbline.log._from_report import kind_of, set_by_hand, set_from_report
from plumbline.log._kept import KeptClip, keep_clip, kept_clip, written_over
from plumbline.log._progress import (
    Asymmetry,
    DatedSet,
    Trend,
    asymmetries,
    asymmetry,
    between,
    fault_shares,
    first_and_latest,
    latest_pairs,
    reassess_on,
    trends,
    weekly_contacts,
)
from plumbline.log._store import TrainingLog
from plumbline.log._week import Week, week_of, week_pdf

__all__ = [
    "Asymmetry",
    "AthleteEntry",
    "DatedSet",
    "Discomfort",
    "FaultCount",
    "KeptClip",
    "MetricEntry",
    "SessionEntry",
    "SetEntry",
    "TrainingLog",
    "Trend",
    "Week",
    "asymmetries",
    "asymmetry",
    "between",
    "default_url",
    "drill_name",
    "export_csv",
    "export_json",
    "fault_shares",
    "first_and_latest",
    "import_json",
    "keep_clip",
    "kept_clip",
    "kind_of",
    "latest_pairs",
    "reassess_on",
    "set_by_hand",
    "set_from_report",
    "trends",
    "url_of_coach",
    "week_of",
    "week_pdf",
    "weekly_contacts",
    "written_over",
]
