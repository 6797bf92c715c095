"""Commands: analyze, live, demo, drills, faults, plan, log, models, validate. Errors are one line and status 2."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Optional

import typer

from plumbline.errors import PlumblineError

app = typer.Typer(
    name="plumbline",
    help="Side-view film of hops, landings and balance in, per-rep report and annotated film out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
models_app = typer.Typer(help="The pose models on this machine.", no_args_is_help=True)
app.add_typer(models_app, name="models")
log_app = typer.Typer(help="The training log: athletes, sessions, sets, progress.", no_args_is_help=True)
app.add_typer(log_app, name="log")

# typer reads annotations at run time, where Python 3.10 needs Optional spelled out.
AthleteOption = Annotated[str, typer.Option("--athlete", help="The athlete's name in the log.")]
DayOption = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--day", help="The day, as 2026-03-31; today by default."),
]
StoreOption = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--store", help="The log's file or database URL; else PLUMBLINE_LOG, else your data folder."),
]
LimitsOption = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option("--limits", help="Your own TOML file; single rows override Plumbline's."),
]
OutOption = Annotated[Path, typer.Option("--out", help="Folder for the results.")]
ModelOption = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--model", help="full (default), lite, heavy, or a .task file."),
]


@app.command()
def analyze(
    clip: Annotated[Path, typer.Argument(help="The film.")],
    drill: Annotated[str, typer.Option(help="auto, or the drill's id (plumbline drills lists them).")] = "auto",
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
    limits: LimitsOption = None,
    model: ModelOption = None,
) -> None:
    """Measure a film: per-rep report, tables and annotated film."""
    from plumbline.cli._analyze import Job, run_job
    from plumbline.edits import read_edits
    from plumbline.metrics import MarkedDistance
    from plumbline.request import Request

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
    run_live(LiveJob(camera, request, not no_window, not mute, countdown, limits, model, out))


@app.command()
def demo(out: OutOption = Path("plumbline-out/demo")) -> None:
    """Measure a shipped sample clip with faults in it."""
    from plumbline.cli._analyze import Job, run_job
    from plumbline.request import Request
    from plumbline.resources import sample_clip

    run_job(Job(clip=sample_clip("pogo_faults.mp4"), out=out, request=Request(height_m=1.72)))


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
    fps: Annotated[int, typer.Option(help="Frame rate of rendered clips.")] = 60,
    seed: Annotated[int, typer.Option(help="Seed of rendered clips.")] = 1,
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


@log_app.command("athlete")
def log_athlete(
    name: Annotated[str, typer.Argument(help="The athlete's name.")],
    height_m: Annotated[Optional[float], typer.Option(help="Stature in metres.")] = None,  # noqa: UP045
    mass_kg: Annotated[Optional[float], typer.Option(help="Mass in kilograms.")] = None,  # noqa: UP045
    level: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help="beginner, intermediate or advanced."),
    ] = None,
    store: StoreOption = None,
) -> None:
    """Add an athlete, or change what is known of one."""
    from plumbline.cli._log import save_athlete
    from plumbline.log import TrainingLog

    with TrainingLog(store) as log:
        save_athlete(log, name, height_m, mass_kg, level)
        typer.echo(f"In the log at {log.place}: {', '.join(a.name for a in log.athletes())}")


@log_app.command("add")
def log_add(
    athlete: AthleteOption,
    report: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Argument(help="A report.json, to log a measured film."),
    ] = None,
    drill: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help="A drill's id, to log by hand."),
    ] = None,
    reps: Annotated[int, typer.Option(help="Reps, by hand.")] = 0,
    side: Annotated[str, typer.Option(help="both, left or right, by hand.")] = "both",
    day: DayOption = None,
    store: StoreOption = None,
) -> None:
    """Log a measured film, or a set by hand."""
    from plumbline.cli._log import add_by_hand, add_report, read_day
    from plumbline.errors import SettingsError
    from plumbline.log import TrainingLog

    if (report is None) == (drill is None):
        raise SettingsError("give a report.json, or --drill and --reps to log by hand.")
    with TrainingLog(store) as log:
        if report is not None:
            entry = add_report(log, athlete, report, read_day(day))
        else:
            entry = add_by_hand(log, athlete, str(drill), reps, side, read_day(day))
    typer.echo(f"Logged {entry.drill_name}: {entry.reps} reps, {entry.contacts} contacts.")


@log_app.command("note")
def log_note(
    athlete: AthleteOption,
    day: DayOption = None,
    effort: Annotated[Optional[float], typer.Option(help="Perceived effort, 0 to 10 (CR-10).")] = None,  # noqa: UP045
    discomfort: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(help="PLACE:SCORE from 0 to 10, such as 'left calf:3'; may be given again."),
    ] = None,
    notes: Annotated[Optional[str], typer.Option(help="Words.")] = None,  # noqa: UP045
    store: StoreOption = None,
) -> None:
    """Write effort, discomfort and notes into the day's sessions."""
    from plumbline.cli._log import SessionNote, note_session, read_day, read_discomfort
    from plumbline.log import TrainingLog

    hurt = read_discomfort(discomfort) if discomfort else None
    with TrainingLog(store) as log:
        count = note_session(log, athlete, read_day(day), SessionNote(effort, hurt, notes))
    typer.echo(f"Written into {count} session{'s' if count > 1 else ''}.")


@log_app.command("show")
def log_show(athlete: AthleteOption, store: StoreOption = None) -> None:
    """Print an athlete's sessions."""
    from plumbline.cli._log import print_sessions
    from plumbline.log import TrainingLog

    with TrainingLog(store) as log:
        print_sessions(log, athlete)


@log_app.command("progress")
def log_progress(athlete: AthleteOption, store: StoreOption = None) -> None:
    """Print trends, left against right, weekly contacts, and when to film again."""
    from plumbline.cli._log import print_progress
    from plumbline.log import TrainingLog

    with TrainingLog(store) as log:
        print_progress(log, athlete)


@log_app.command("delete")
def log_delete(
    athlete: AthleteOption,
    session: Annotated[str, typer.Argument(help="The beginning of the session's id, as log show prints it.")],
    store: StoreOption = None,
) -> None:
    """Take a session out; log undo brings it back."""
    from plumbline.cli._log import find_session
    from plumbline.log import TrainingLog

    with TrainingLog(store) as log:
        found = find_session(log, athlete, session)
        log.delete_session(found.id)
    typer.echo(f"Deleted the session of {found.day}: plumbline log undo brings it back.")


@log_app.command("undo")
def log_undo(store: StoreOption = None) -> None:
    """Bring back the session that was deleted last."""
    from plumbline.log import TrainingLog

    with TrainingLog(store) as log:
        back = log.undo_delete()
    typer.echo("There is nothing to bring back." if back is None else f"The session of {back.day} is back.")


@log_app.command("export")
def log_export(
    file: Annotated[Path, typer.Argument(help="A .json file (everything) or a .csv file (a table).")],
    store: StoreOption = None,
) -> None:
    """Write the whole log to a file."""
    from plumbline.cli._log import write_export
    from plumbline.log import TrainingLog

    with TrainingLog(store) as log:
        write_export(log, file)
    typer.echo(f"Written {file}")


@log_app.command("import")
def log_import(
    file: Annotated[Path, typer.Argument(help="A .json file that log export wrote.")],
    store: StoreOption = None,
) -> None:
    """Take an exported log in; what is known is replaced, nothing is doubled."""
    from plumbline.log import TrainingLog, import_json

    with TrainingLog(store) as log:
        athletes, sessions = import_json(log, file)
    typer.echo(f"Taken in: {athletes} athletes, {sessions} sessions.")


@log_app.command("backup")
def log_backup(
    file: Annotated[Path, typer.Argument(help="The copy to write.")],
    store: StoreOption = None,
) -> None:
    """Copy the log's file while it may be in use."""
    from plumbline.log import TrainingLog

    with TrainingLog(store) as log:
        typer.echo(f"Written {log.backup(file)}")


@models_app.command("list")
def models_list() -> None:
    """Print the pose models and whether they are on this machine."""
    from plumbline.cli._tables import print_models

    print_models()


@models_app.command("fetch")
def models_fetch(name: Annotated[str, typer.Argument(help="lite or heavy.")]) -> None:
    """Download an official model over HTTPS and check its hash."""
    from plumbline.pose import fetch

    typer.echo(f"ready: {fetch(name)}")


@models_app.command("verify")
def models_verify() -> None:
    """Check the hashes of the pose models on this machine."""
    from plumbline.pose import verify

    results = verify()
    for name, good, why in results:
        typer.echo(f"{name}: {'ok' if good else 'WRONG'} ({why})")
    if not all(good for _, good, _ in results):
        raise typer.Exit(2)


def main() -> None:
    """Run the command line."""
    try:
        status = app(standalone_mode=False)
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
