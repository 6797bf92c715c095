"""The training log: athletes, sessions, drill sets with measured metrics, effort and discomfort."""

from plumbline.log._asymmetry import Asymmetry, asymmetries, asymmetry, leg_pairs, pooled, worth_pct
from plumbline.log._by_day import FaultDay, fault_days, film_again_said, reassess_on, weekly_contacts
from plumbline.log._database import default_url, url_of_coach
from plumbline.log._entries import (
    REPEAT,
    AthleteEntry,
    Discomfort,
    FaultCount,
    MetricEntry,
    PlanEntry,
    SessionEntry,
    SetEntry,
    drill_name,
    is_day_of_training,
    set_said,
)
from plumbline.log._exchange import export_csv, export_json, export_parquet, import_json
from plumbline.log._films import log_film, refuse_known
from plumbline.log._from_report import kind_of, metric_entry, set_by_hand, set_from_report
from plumbline.log._from_table import TableDefaults, import_table
from plumbline.log._guided import outcome, parts_of
from plumbline.log._imported import Imported
from plumbline.log._kept import KeptClip, keep_clip, kept_clip, written_over
from plumbline.log._line import Line
from plumbline.log._progress import (
    DatedSet,
    Trend,
    between,
    first_and_latest,
    headline_of,
    is_followed,
    page_of,
    target_said,
    trends,
)
from plumbline.log._store import TrainingLog
from plumbline.log._variation import Repeats, Spread, Variation, typical_error
from plumbline.log._week import Week, week_of, week_pdf

__all__ = [
    "REPEAT",
    "Asymmetry",
    "AthleteEntry",
    "DatedSet",
    "Discomfort",
    "FaultCount",
    "FaultDay",
    "Imported",
    "KeptClip",
    "Line",
    "MetricEntry",
    "PlanEntry",
    "Repeats",
    "SessionEntry",
    "SetEntry",
    "Spread",
    "TableDefaults",
    "TrainingLog",
    "Trend",
    "Variation",
    "Week",
    "asymmetries",
    "asymmetry",
    "between",
    "default_url",
    "drill_name",
    "export_csv",
    "export_json",
    "export_parquet",
    "fault_days",
    "film_again_said",
    "first_and_latest",
    "headline_of",
    "import_json",
    "import_table",
    "is_day_of_training",
    "is_followed",
    "keep_clip",
    "kept_clip",
    "kind_of",
    "leg_pairs",
    "log_film",
    "metric_entry",
    "outcome",
    "page_of",
    "parts_of",
    "pooled",
    "reassess_on",
    "refuse_known",
    "set_by_hand",
    "set_from_report",
    "set_said",
    "target_said",
    "trends",
    "typical_error",
    "url_of_coach",
    "week_of",
    "week_pdf",
    "weekly_contacts",
    "worth_pct",
    "written_over",
]
