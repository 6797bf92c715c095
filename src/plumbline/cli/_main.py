"""The command line. Errors are one line and status 2."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import Annotated, Optional

import typer

from plumbline import __version__
from plumbline.cli._log_commands import log_app
from plumbline.cli._models_commands import models_app
from plumbline.cli._options import DecimalOption, DrillOption, LimitsOption, ModelOption, OutOption, StoreOption
from plumbline.errors import PlumblineError
from plumbline.machine import settle

app = typer.Typer(
    name="plumbline",
    help="Side-view film of hops, landings and balance in, per-rep report and annotated film out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(models_app, name="models")
app.add_typer(log_app, name="log")


def _say_version(asked: bool) -> None:
    if asked:
        typer.echo(f"plumbline {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_say_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Side-view film of hops, landings and balance in, per-rep report and annotated film out."""


@app.command()
def analyze(
    clip: Annotated[Path, typer.Argument(help="The film.")],
    drill: DrillOption = "auto",
    height_m: Annotated[
        Optional[float],  # noqa: UP045
        typer.Option(help="The athlete's stature in metres."),
    ] = None,
    mass_kg: Annotated[
        Optional[float],  # noqa: UP045
        typer.Option(help="The athlete's mass in kilograms."),
    ] = None,
    capture_fps: Annotated[
        Optional[float],  # noqa: UP045
        typer.Option(help="Real frame rate of a slow-motion film whose file does not say."),
    ] = None,
    athlete: Annotated[
        str, typer.Option(help="Who, of several people: auto, largest, moving, a number from 1, or a point X,Y (0-1).")
    ] = "auto",
    marked: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help="A known distance: X0,Y0,X1,Y1,METRES, two points of the first frame in px."),
    ] = None,
    edits: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(help="Corrections by hand (JSON, plumbline/edits/1)."),
    ] = None,
    raw_landmarks: Annotated[
        bool, typer.Option("--raw-landmarks", help="Keep the pose model's known offsets.")
    ] = False,
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Neither read nor keep landmarks.")] = False,
    out: OutOption = Path("plumbline-out"),
    no_video: Annotated[bool, typer.Option("--no-video", help="Do not write the annotated film.")] = False,
    film_size: Annotated[int, typer.Option(help="Longer edge of the annotated film in px, 0 for full size.")] = 1280,
    csv_decimal: DecimalOption = "point",
    limits: LimitsOption = None,
    model: ModelOption = None,
) -> None:
    """Measure a film: per-rep report, tables and annotated film."""
    from plumbline.decoding import prepare

    prepare()
    from plumbline.cli._analyze import Job, run_job
    from plumbline.edits import read_edits
    from plumbline.metrics import MarkedDistance
    from plumbline.request import Request
    from plumbline.tables import read_decimal

    request = Request(
        drill=drill,
        height_m=height_m,
        mass_kg=mass_kg,
        who=athlete,
        marked=MarkedDistance.read(marked) if marked else None,
        unbias=not raw_landmarks,
        edits=read_edits(edits) if edits else None,
    )
    run_job(
        Job(
            clip=clip,
            out=out,
            request=request,
            capture_fps=capture_fps,
            cache=not no_cache,
            film=not no_video,
            film_size=film_size or None,
            decimal=read_decimal(csv_decimal),
            limits=limits,
            model=model,
        )
    )


@app.command()
def live(
    camera: Annotated[str, typer.Option(help="Number of the camera, or a film to replay in real time.")] = "0",
    drill: Annotated[str, typer.Option(help="The drill's id (plumbline drills lists them).")] = "pogo",
    height_m: Annotated[
        Optional[float],  # noqa: UP045
        typer.Option(help="The athlete's stature in metres."),
    ] = None,
    countdown: Annotated[float, typer.Option(help="Seconds from standing still, side-on, to the first rep.")] = 3.0,
    reps: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option(help="Stop after so many reps.", min=1),
    ] = None,
    no_window: Annotated[bool, typer.Option("--no-window", help="Words only, without a display.")] = False,
    mute: Annotated[bool, typer.Option("--mute", help="No bell on a fault.")] = False,
    out: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--out", help="Write the session's report.json here."),
    ] = None,
    limits: LimitsOption = None,
    model: ModelOption = None,
) -> None:
    """Count and judge reps while they happen, from a camera."""
    from plumbline.cli._live import LiveJob, run_live
    from plumbline.request import Request

    request = Request(drill=drill, height_m=height_m)
    run_live(LiveJob(camera, request, not no_window, not mute, countdown, limits, model, out, reps))


@app.command("app")
def start_app(
    port: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option(help="Port; the first free one from 8501 by default.", min=1, max=65535),
    ] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Do not open a browser.")] = False,
    shortcut: Annotated[bool, typer.Option("--shortcut", help="Put a shortcut on the desktop instead.")] = False,
) -> int:
    """Start the app and open it in the browser."""
    from plumbline.cli._app import run

    return run(port, not no_browser, shortcut)


@app.command()
def demo(out: OutOption = Path("plumbline-out/demo")) -> None:
    """Measure a shipped sample clip with faults in it."""
    from plumbline.cli._analyze import Job, run_job
    from plumbline.request import Request
    from plumbline.resources import sample_clip, sample_height_m

    name = "pogo_faults.mp4"
    run_job(Job(clip=sample_clip(name), out=out, request=Request(height_m=sample_height_m(name))))


@app.command()
def batch(
    places: Annotated[list[Path], typer.Argument(help="Folders with films (and all folders below), or films.")],
    out: OutOption = Path("plumbline-out/batch"),
    drill: DrillOption = "auto",
    workers: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option(help="Processes on this machine; as many as cores by default."),
    ] = None,
    scheduler: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help="A Dask cluster instead, by its scheduler's address: tcp://HOST:8786."),
    ] = None,
    film: Annotated[bool, typer.Option("--film", help="Write each annotated film too.")] = False,
    limits: LimitsOption = None,
    model: ModelOption = None,
) -> int:
    """Measure many films: a report each, one table and one page of all; begun again, it goes on."""
    from plumbline.batch import Cluster, Wish
    from plumbline.cli._batch import BatchJob, run_batch_job

    wish = Wish(drill=drill, film=film, model=model, limits=limits.resolve() if limits else None)
    return run_batch_job(BatchJob(places, out, wish, Cluster(workers, scheduler)))


@app.command()
def faults(limits: LimitsOption = None) -> None:
    """Print the fault table in force: metric, limit, drills, origin, cue."""
    from plumbline.cli._tables import print_faults

    print_faults(limits)


@app.command()
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


@app.command()
def validate(
    clips: Annotated[
        Optional[list[Path]],  # noqa: UP045
        typer.Argument(help="Clips with a truth file beside them (clip.truth.json); none: render some."),
    ] = None,
    reps: Annotated[int, typer.Option(help="How many hops to render, about.")] = 24,
    fps: Annotated[int, typer.Option(help="Frame rate of rendered clips.", min=10, max=1000)] = 60,
    seed: Annotated[int, typer.Option(help="Seed of rendered clips.", min=0)] = 1,
    json_file: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--json", help="Also write the table as JSON."),
    ] = None,
) -> None:
    """Check Plumbline on this machine against clips whose truth is known."""
    from plumbline.cli._validate import run_validation

    run_validation(clips or [], reps, fps, seed, json_file)


@app.command()
def labels(
    report: Annotated[Path, typer.Argument(help="A report.json, edited or not.")],
    out: Annotated[Path, typer.Option("--out", help="File to write: CLIP.truth.json beside the clip.")],
) -> None:
    """Export a report's events as labels, to hold other runs against (plumbline validate)."""
    from plumbline.cli._validate import export_labels

    export_labels(report, out)
    typer.echo(f"Written {out}")


@app.command()
def compare(
    first: Annotated[Path, typer.Argument(help="A report.json, or the left leg's.")],
    second: Annotated[Path, typer.Argument(help="Another of the same drill, or the right leg's.")],
) -> None:
    """Set two measured clips against each other: what differs beyond the error."""
    from plumbline.cli._compare import print_comparison

    print_comparison(first, second)


@app.command()
def forget(
    athlete: Annotated[str, typer.Argument(help="The athlete's name in the log.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    store: StoreOption = None,
) -> None:
    """Delete an athlete for good: log, reports, annotated films, landmarks kept on this machine."""
    from plumbline.forget import forget as forget_all
    from plumbline.log import TrainingLog

    with TrainingLog(store) as log:
        who = log.athlete(athlete)
        if not yes:
            typer.confirm(f"Delete everything of {who.name}, for good?", abort=True)
        gone = forget_all(log, who)
    typer.echo(f"Forgotten: {gone.sets} sets, {gone.files} result files, landmarks of {gone.landmarks} films.")


@app.command()
def plan(
    start: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help="First day, as 2026-03-31; today by default."),
    ] = None,
    kind: Annotated[str, typer.Option(help="progressive (6 to 8 weeks) or block (12 sessions in 4).")] = "progressive",
    level: Annotated[str, typer.Option(help="beginner, intermediate or advanced.")] = "beginner",
    race: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help="Day of the race, as 2026-03-31."),
    ] = None,
    days: Annotated[str, typer.Option(help="Days on which jumping is possible.")] = "mon,tue,wed,thu,fri,sat,sun",
    hard: Annotated[str, typer.Option(help="Days of hard running: no jumps on, before or after them.")] = "",
    weeks: Annotated[int, typer.Option(help="Length of the progressive plan, 6 to 8.")] = 8,
    athlete: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help="An athlete of the log, whose pain or effort scales the next sessions back."),
    ] = None,
    out: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--out", help="Folder for plan.ics, plan.csv and plan.html."),
    ] = None,
    store: StoreOption = None,
) -> None:
    """Plan the sessions: the coach's block, or the progressive plan."""
    from plumbline.cli._plan import PlanJob, run_plan

    run_plan(PlanJob(start, kind, level, race, days, hard, weeks, athlete, out, store))


@app.command("stride-gain")
def stride_gain(
    cm: Annotated[float, typer.Argument(help="Centimetres more a step.")],
    steps: Annotated[int, typer.Argument(help="Steps.")] = 30_000,
) -> None:
    """What a longer step adds up to, and what that does not mean."""
    from plumbline.plan import CAVEAT, stride_gain_m

    typer.echo(f"{cm:g} cm x {steps} steps = {stride_gain_m(cm, steps):.0f} m. {CAVEAT}")


def main() -> None:
    """Run the command line."""
    settle()
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot write a letter of a name shows a question mark in its place.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        status = app(standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read the output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except PlumblineError as error:
        line = " ".join(str(error).split())
        sys.stderr.write(f"plumbline: {line}\n")
        sys.exit(2)
    except (typer.Abort, KeyboardInterrupt):
        sys.stderr.write("plumbline: stopped; nothing was half-written.\n")
        sys.exit(130)
    except Exception as error:
        # Usage errors of the command line know their own message and status.
        if not hasattr(error, "exit_code") or not hasattr(error, "show"):
            raise
        error.show()
        sys.exit(error.exit_code)
    sys.exit(status if isinstance(status, int) else 0)
