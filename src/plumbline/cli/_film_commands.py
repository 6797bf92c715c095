"""Films measured: one, live, the app, the sample, many."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from plumbline.cli._options import DecimalOption, DrillOption, LimitsOption, ModelOption, OutOption, folder
from plumbline.errors import SettingsError

film_app = typer.Typer()

SMALLEST_FILM_PX = 160


@film_app.command()
def analyze(
    clip: Annotated[Path, typer.Argument(help="The film.")],
    drill: DrillOption = "auto",
    height_m: Annotated[
        Optional[float],  # noqa: UP045
        typer.Option(help="The athlete's height in metres: turns pixels into metres."),
    ] = None,
    mass_kg: Annotated[
        Optional[float],  # noqa: UP045
        typer.Option(help="Body weight in kilograms, for stiffness in kN/m."),
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
        bool, typer.Option("--raw-landmarks", help="Do not correct the pose model's known offsets.")
    ] = False,
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Neither reuse nor save landmarks.")] = False,
    out: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(
            "--out",
            parser=folder,
            metavar="FOLDER",
            help="Folder for the results; plumbline-out/ and the film's name by default.",
        ),
    ] = None,
    no_video: Annotated[bool, typer.Option("--no-video", help="Do not write the annotated film.")] = False,
    film_size: Annotated[
        int, typer.Option(min=0, help="Longer edge of the picture in the annotated film in px, 0 for full size.")
    ] = 1280,
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
    if 0 < film_size < SMALLEST_FILM_PX:
        raise SettingsError(
            "a film of {size} px is too small to see: give {least} or more, or 0 for full size.",
            size=film_size,
            least=SMALLEST_FILM_PX,
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
            edits=edits,
        )
    )


@film_app.command()
def live(
    camera: Annotated[str, typer.Option(help="Number of the camera, or a film to replay in real time.")] = "0",
    drill: Annotated[str, typer.Option(help="The drill's id (plumbline drills lists them).")] = "pogo",
    height_m: Annotated[
        Optional[float],  # noqa: UP045
        typer.Option(help="The athlete's height in metres: turns pixels into metres."),
    ] = None,
    countdown: Annotated[
        float, typer.Option(help="Seconds from standing still, side-on, to the first rep.", min=0, max=600)
    ] = 3.0,
    reps: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option(help="Stop after so many reps.", min=1),
    ] = None,
    no_window: Annotated[bool, typer.Option("--no-window", help="Text only; needs no display.")] = False,
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


@film_app.command("app")
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


@film_app.command()
def demo(out: OutOption = Path("plumbline-out/demo")) -> None:
    """Measure a shipped sample clip with faults in it."""
    from plumbline.cli._analyze import Job, run_job
    from plumbline.request import Request
    from plumbline.resources import sample_clip, sample_height_m

    name = "pogo_faults.mp4"
    run_job(Job(clip=sample_clip(name), out=out, request=Request(height_m=sample_height_m(name))))


@film_app.command()
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
    """Measure many films: a report each, one table and one page of all; run it again and it continues."""
    from plumbline.batch import Cluster, Wish
    from plumbline.cli._batch import BatchJob, run_batch_job

    wish = Wish(drill=drill, film=film, model=model, limits=limits.resolve() if limits else None)
    return run_batch_job(BatchJob(places, out, wish, Cluster(workers, scheduler)))
