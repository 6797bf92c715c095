"""`plumbline validate`: bias, limits of agreement and RMSE on this machine."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from plumbline.catalogue import metric_label
from plumbline.cli._console import console as new_console
from plumbline.cli._progress import progress
from plumbline.errors import ClipError
from plumbline.files import prepare_file, write_text
from plumbline.pipeline import analyze
from plumbline.report import build_report, read_report
from plumbline.request import Request
from plumbline.resources import sample_clips
from plumbline.synthetic.driver import NoDriverError
from plumbline.synthetic.film import truth_path, write_film
from plumbline.synthetic.takes import filmed, random_take
from plumbline.validation import Comparison, agreement_table, compare, labels_of, read_truth

HOPS_PER_CLIP = 8
# Columns of a terminal in which the whole table has room.
WIDE = 110


def _rendered(folder: Path, reps: int, fps: int, seed: int, console: Console) -> list[Path]:
    """Films of athletes drawn here, or the shipped ones where nothing draws."""
    count = max(1, round(reps / HOPS_PER_CLIP))
    out = []
    try:
        with progress(console, "Rendering", count, "clips/s") as move:
            for k in range(count):
                movement, body, shot = filmed(random_take(seed + k, float(fps), HOPS_PER_CLIP))
                path = folder / f"hops_{seed + k}.mp4"
                write_film(movement, body, shot, path)
                out.append(path)
                move(k + 1)
    except NoDriverError as error:
        console.print(f"No films can be drawn here: {error}. The shipped samples are measured instead.")
        return sample_clips()
    return out


def compare_clips(clips: list[Path], console: Console) -> Comparison:
    """Analyse clips that have a truth file beside them and collect the errors."""
    comparison = Comparison()
    with progress(console, "Measuring", len(clips)) as move:
        for k, clip in enumerate(clips):
            truth = read_truth(truth_path(clip))
            compare(build_report(analyze(clip, Request(drill=truth["drill"]))), truth, comparison)
            move(k + 1)
    return comparison


def print_comparison(comparison: Comparison) -> None:
    """Print the table of errors."""
    console = new_console()
    console.print(
        f"reps: {comparison.true_reps} true, {comparison.found_reps} found, {comparison.matched_reps} matched"
    )
    table = Table(show_edge=False, pad_edge=False)
    table.add_column("metric")
    wide = console.width >= WIDE
    limits = ("limits of agreement",) if wide else ()
    for heading in ("n", "bias", *limits, "RMSE", "median |error|" if wide else "median", "in 95 %"):
        table.add_column(heading, justify="right", no_wrap=True)
    for name, a in agreement_table(comparison.errors, comparison.sds).items():
        label = metric_label(name)
        is_event = label.label == name and name.endswith("_s")
        factor, digits, unit = (1000.0, 1, "ms") if is_event else (label.factor, label.digits + 1, label.unit)
        show = [f"{factor * x:.{digits}f}" for x in (a.bias, a.loa_low, a.loa_high, a.rmse, a.median_abs)]
        words = f"{label.label}{', ' + unit if unit else ''}"
        within = (f"{show[1]} to {show[2]}",) if wide else ()
        table.add_row(words, str(a.n), show[0], *within, show[3], show[4], f"{a.coverage:.0%}")
    console.print(table)
    for title, rows in (("missed", comparison.missed_faults), ("not planted", comparison.false_faults)):
        for row in rows:
            console.print(f"fault {title}: {row}", markup=False)


def export_labels(report: Path, out: Path) -> None:
    """Write the events of a report as a truth file.

    Raises
    ------
    SettingsError
        When the report cannot be read.
    """
    prepare_file(out, [report], (".json",))
    write_text(out, json.dumps(labels_of(read_report(report)), indent=1) + "\n")


def run_validation(clips: list[Path], reps: int, fps: int, seed: int, json_file: Path | None) -> None:
    """Compare given clips, or freshly rendered hops, with their truth."""
    console = new_console(stderr=True)
    for clip in clips:
        if not clip.name:  # "/" or "."
            raise ClipError("{path} is a folder: give the path of one video file.", path=clip)
    if json_file is not None:
        prepare_file(json_file, [*clips, *map(truth_path, clips)], (".json",))
    for clip in clips:
        if not truth_path(clip).is_file():
            raise ClipError(
                "{clip} has no truth file beside it: make one with plumbline labels REPORT --out {name}.",
                clip=clip,
                name=truth_path(clip),
            )
    with tempfile.TemporaryDirectory(prefix="plumbline-") as folder:
        films = clips or _rendered(Path(folder), reps, fps, seed, console)
        comparison = compare_clips(films, console)
    if json_file is not None:
        table = {k: a.as_dict() for k, a in agreement_table(comparison.errors, comparison.sds).items()}
        document = {
            "schema": "plumbline/validation/1",
            "reps": {
                "true": comparison.true_reps,
                "found": comparison.found_reps,
                "matched": comparison.matched_reps,
            },
            "metrics": table,
            "missed_faults": comparison.missed_faults,
            "false_faults": comparison.false_faults,
        }
        write_text(json_file, json.dumps(document, indent=1) + "\n")
    print_comparison(comparison)
