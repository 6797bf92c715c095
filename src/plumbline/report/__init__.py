"""The report: schema, JSON, CSV and one offline HTML file."""

from plumbline.report._build import build_report
from plumbline.report._files import (
    frames_csv,
    json_schema,
    report_json,
    reps_csv,
    write_text,
)
from plumbline.report._html import report_html
from plumbline.report._labels import MetricLabel, headline_metrics, metric_label
from plumbline.report._pdf import report_pdf
from plumbline.report._plots import curves, knee_panels, line_panel
from plumbline.report._schema import SCHEMA_ID, Report, RepOut, VerdictOut

__all__ = [
    "SCHEMA_ID",
    "MetricLabel",
    "RepOut",
    "Report",
    "VerdictOut",
    "build_report",
    "curves",
    "frames_csv",
    "headline_metrics",
    "json_schema",
    "knee_panels",
    "line_panel",
    "metric_label",
    "report_html",
    "report_json",
    "report_pdf",
    "reps_csv",
    "write_text",
]
