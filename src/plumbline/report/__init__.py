"""The report: schema, JSON, CSV and one offline HTML file; on paper in `pdf`, which loads slowly."""

from plumbline.report._build import build_report
from plumbline.report._files import (
    EVENT_COLUMNS,
    frames_csv,
    json_schema,
    read_report,
    report_json,
    reps_csv,
)
from plumbline.report._html import report_html
from plumbline.report._plots import curves, panels_of
from plumbline.report._schema import SCHEMA_ID, Report, RepOut, VerdictOut
from plumbline.report._view import (
    MARKED,
    OUTCOMES,
    beside,
    faults_judged,
    finding_words,
    headline,
    judged,
    left_and_right,
    marked,
    no_findings,
    nothing_wrong,
    withheld,
)
from plumbline.report._view import faults as faults_of_clip
from plumbline.report._view import filmed as how_filmed
from plumbline.report._view import findings as findings_of_rep
from plumbline.report._view import rows as table_of_reps
from plumbline.report._view import summary as table_of_metrics

__all__ = [
    "EVENT_COLUMNS",
    "MARKED",
    "OUTCOMES",
    "SCHEMA_ID",
    "RepOut",
    "Report",
    "VerdictOut",
    "beside",
    "build_report",
    "curves",
    "faults_judged",
    "faults_of_clip",
    "finding_words",
    "findings_of_rep",
    "frames_csv",
    "headline",
    "how_filmed",
    "json_schema",
    "judged",
    "left_and_right",
    "marked",
    "no_findings",
    "nothing_wrong",
    "panels_of",
    "read_report",
    "report_html",
    "report_json",
    "reps_csv",
    "table_of_metrics",
    "table_of_reps",
    "withheld",
]
