"""The texts of report.json, reps.csv and frames.csv."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from pydantic import ValidationError

from plumbline.analysis import Analysis
from plumbline.arrays import FloatArray
from plumbline.errors import SettingsError, first_problem
from plumbline.files import read_document
from plumbline.geometry import PLUMB_JOINTS
from plumbline.pose import SIDES
from plumbline.report._schema import Report

INSTANTS = ("time_s", "start_s", "end_s", "touchdown_s", "toe_off_s", "landing_s")
EVENT_COLUMNS = ("start_s", "end_s", "touchdown_s", "toe_off_s", "landing_s", "event_sd_s")
REP_COLUMNS = ("index", "stance", *EVENT_COLUMNS)


def read_report(path: Path) -> Report:
    """Read the report.json at `path`.

    Raises
    ------
    SettingsError
        When it is none of this version.
    """
    try:
        return Report.model_validate_json(read_document(path))
    except ValidationError as error:
        raise SettingsError(
            "{path} is not a report of this version that can be read: {line}.", path=path, line=first_problem(error)
        ) from error


def report_json(report: Report) -> str:
    """The `report` as JSON text."""
    return json.dumps(report.model_dump(mode="json", by_alias=True), indent=1, allow_nan=False) + "\n"


def json_schema() -> str:
    """The report's JSON Schema as text."""
    return json.dumps(Report.model_json_schema(by_alias=True), indent=1) + "\n"


def _cell(x: object, is_time: bool) -> object:
    if x is None:
        return ""
    if isinstance(x, float):
        if not np.isfinite(x):
            return ""
        # An instant keeps its hundredths of a ms however long the film; a number has six digits.
        return f"{x:.5f}".rstrip("0").rstrip(".") if is_time else f"{x:.6g}"
    return x


def _table(header: list[str], rows: Iterable[list[object]]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(header)
    times = [name in INSTANTS for name in header]
    writer.writerows([_cell(c, is_time) for c, is_time in zip(row, times, strict=True)] for row in rows)
    return buffer.getvalue()


def reps_csv(report: Report) -> str:
    """One row a rep of `report`: events, each metric with its sd, faults and borderline verdicts."""
    names = list(dict.fromkeys(n for r in report.reps for n in r.metrics))
    header = [*REP_COLUMNS, *(c for n in names for c in (n, f"{n}_sd")), "faults", "borderline"]
    rows: list[list[object]] = []
    for r in report.reps:
        row: list[object] = [getattr(r, c) for c in REP_COLUMNS]
        for n in names:
            q = r.metrics.get(n)
            row += [q.value, q.sd] if q else [None, None]
        for outcome in ("fault", "borderline"):
            row.append(" ".join(v.fault for v in r.verdicts if v.verdict == outcome))
        rows.append(row)
    return _table(header, rows)


def frames_csv(analysis: Analysis) -> str:
    """One row a frame of `analysis`: time, contact, rep, angles and plumb offsets; empty where missing."""
    tracks = analysis.tracks
    t = tracks.time_s
    contact = analysis.in_contact
    rep = analysis.rep_of_frame
    header = ["frame", "time_s", "person_found", "legs_exchanged", "in_contact", "rep"]
    columns: list[FloatArray] = []
    for side in SIDES:
        header += [f"knee_flexion_{side}_deg", f"knee_velocity_{side}_deg_s"]
        columns += [tracks.sides[side].knee_flexion_deg, tracks.sides[side].knee_velocity_deg_s]
    header.append("trunk_lean_deg")
    columns.append(tracks.trunk_lean_deg)
    for i, joint in enumerate(PLUMB_JOINTS[:-1]):
        header.append(f"plumb_{joint}_pct_bh")
        columns.append(tracks.offsets_pct_bh[:, i])

    def row(i: int) -> list[object]:
        seen = [int(tracks.pose.found[i]), int(tracks.pose.swapped[i]), int(contact[i])]
        return [i, float(t[i]), *seen, int(rep[i]) if rep[i] else None, *(float(c[i]) for c in columns)]

    return _table(header, map(row, range(len(t))))
