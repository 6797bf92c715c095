"""Plans, and an athlete forgotten."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from plumbline.cli._options import StoreOption, folder
from plumbline.language import _, say

plan_app = typer.Typer()


@plan_app.command()
def plan(
    start: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help="First day, as 2026-03-31; today by default."),
    ] = None,
    kind: Annotated[
        str,
        typer.Option(help="progressive (6 to 10 weeks), block (12 sessions in 4, to the level), or block-original."),
    ] = "progressive",
    level: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help="beginner, intermediate or advanced; else the athlete's own, or beginner."),
    ] = None,
    race: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help="Day of the race, as 2026-03-31."),
    ] = None,
    days: Annotated[str, typer.Option(help="Days on which jumping is possible.")] = "mon,tue,wed,thu,fri,sat,sun",
    hard: Annotated[str, typer.Option(help="Days of hard running: no jumps on, before or after them.")] = "",
    easy: Annotated[str, typer.Option(help="Days of easy running, for the block's running and ankle drills.")] = "",
    strength: Annotated[str, typer.Option(help="Days of strength training, shown beside the jumps.")] = "",
    weeks: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option(help="Length of the progressive plan, 6 to 10; 8 by default."),
    ] = None,
    athlete: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help="An athlete of the log, whose pain or effort scales the next sessions back."),
    ] = None,
    save: Annotated[
        bool, typer.Option("--save", help="Save it as the athlete's plan: plumbline due prints its next session.")
    ] = False,
    out: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--out", parser=folder, metavar="FOLDER", help="Folder for plan.ics, plan.csv and plan.html."),
    ] = None,
    store: StoreOption = None,
) -> None:
    """Plan the sessions: the coach's block, or the progressive plan."""
    from plumbline.cli._plan import PlanJob, run_plan

    run_plan(PlanJob(start, kind, level, race, days, hard, easy, strength, weeks, athlete, save, out, store))


@plan_app.command()
def due(
    athlete: Annotated[str, typer.Option("--athlete", help="The athlete's name in the log.")],
    done: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option("--done", help="Log the planned session of this day as done, as 2026-03-31 or today."),
    ] = None,
    store: StoreOption = None,
) -> None:
    """Print the next session of an athlete's saved plan, adjusted for the log, and how to film it."""
    from plumbline.cli._plan import log_as_planned, print_due

    if done is not None:
        log_as_planned(athlete, done, store)
    print_due(athlete, store)


@plan_app.command("stride-gain")
def stride_gain(
    cm: Annotated[float, typer.Argument(help="Centimetres more a step.")],
    steps: Annotated[int, typer.Argument(help="Steps.")] = 30_000,
) -> None:
    """How much distance a longer step adds: arithmetic, not a forecast."""
    from plumbline.plan import CAVEAT, stride_gain_m

    metres = stride_gain_m(cm, steps)
    typer.echo(_("{cm:g} cm x {steps} steps = {metres:.0f} m.", cm=cm, steps=steps, metres=metres) + f" {say(CAVEAT)}")


@plan_app.command()
def forget(
    athlete: Annotated[str, typer.Argument(help="The athlete's name in the log.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    store: StoreOption = None,
) -> None:
    """Delete an athlete for good: log, reports, annotated films, landmarks kept on this machine."""
    from plumbline.forget import forget as forget_all
    from plumbline.log import TrainingLog

    with TrainingLog(store, make=False) as log:
        who = log.athlete(athlete)
        if not yes:
            typer.confirm(_("Delete everything of {name}, for good?", name=who.name), abort=True)
        gone = forget_all(log, who)
    said = {"sets": gone.sets, "files": gone.files, "films": gone.landmarks}
    typer.echo(_("Forgotten. Sets: {sets}; result files: {files}; films' landmarks: {films}.", **said))
