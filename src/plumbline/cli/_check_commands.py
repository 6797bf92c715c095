"""What is in force, and how right it is."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from plumbline.cli._options import LimitsOption, StoreOption

check_app = typer.Typer()


@check_app.command()
def faults(limits: LimitsOption = None) -> None:
    """Print the fault table in force: metric, limit, drills, origin, cue."""
    from plumbline.cli._tables import print_faults

    print_faults(limits)


@check_app.command()
def drills(
    drill: Annotated[
        Optional[str],  # noqa: UP045
        typer.Argument(help="One drill's id, to see all of it."),
    ] = None,
    group: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help="Only one group, such as 'jump school'."),
    ] = None,
) -> None:
    """Print the drill catalogue, or all of one drill: purpose, how to film it, metrics, faults, dose."""
    from plumbline.cli._drills import print_drill, print_drills

    if drill is None:
        print_drills(group)
    else:
        print_drill(drill)


@check_app.command()
def validate(
    clips: Annotated[
        Optional[list[Path]],  # noqa: UP045
        typer.Argument(help="Clips with a truth file beside them (clip.truth.json); none: render some."),
    ] = None,
    reps: Annotated[int, typer.Option(help="How many hops to render, about.", min=1)] = 24,
    fps: Annotated[int, typer.Option(help="Frame rate of rendered clips.", min=10, max=1000)] = 60,
    seed: Annotated[int, typer.Option(help="Seed of rendered clips.", min=0, max=2**32 - 1)] = 1,
    json_file: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--json", help="Also write the table as JSON."),
    ] = None,
) -> None:
    """Check Plumbline on this machine against clips whose truth is known."""
    from plumbline.cli._validate import run_validation

    run_validation(clips or [], reps, fps, seed, json_file)


@check_app.command()
def labels(
    report: Annotated[Path, typer.Argument(help="A report.json, edited or not.")],
    out: Annotated[Path, typer.Option("--out", help="File to write: CLIP.truth.json beside the clip.")],
) -> None:
    """Write a report's events as a truth file for plumbline validate."""
    from plumbline.cli._validate import export_labels

    export_labels(report, out)
    typer.echo(f"Written {out}")


@check_app.command()
def compare(
    first: Annotated[Path, typer.Argument(help="A report.json, or the left leg's.")],
    second: Annotated[Path, typer.Argument(help="Another of the same drill, or the right leg's.")],
    same_day: Annotated[
        bool, typer.Option("--same-day", help="Both were filmed on one day: daily form is no part of chance.")
    ] = False,
    athlete: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help="Whose clips they are: the log's own typical error counts as chance."),
    ] = None,
    store: StoreOption = None,
) -> None:
    """Compare two measured clips: what changed by more than chance."""
    from plumbline.cli._compare import AthleteHistory, print_comparison

    print_comparison(first, second, AthleteHistory.of(athlete, store), same_day=same_day)
