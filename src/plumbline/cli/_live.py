"""Live from a camera or a film: in a window, or in words only."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import typer

from plumbline.cli._tables import print_report
from plumbline.draw import ScreenWindow, live_picture
from plumbline.errors import ClipError
from plumbline.estimation import MediaPipeEstimator, bundle_path
from plumbline.files import prepare_file, write_text
from plumbline.live import LiveSession, LiveView, SetSettings, board, findings
from plumbline.report import build_report, report_json
from plumbline.request import Limits, Request
from plumbline.video import watch_live

# The last rep is over a moment after the last frame.
WAIT_S = 0.6


@dataclass(frozen=True)
class LiveJob:
    """What to do with a camera."""

    camera: str
    request: Request
    window: bool = True
    sound: bool = True
    countdown_s: float = 3.0
    limits: Path | None = None
    model: str | None = None
    out: Path | None = None
    target: int | None = None


@contextmanager
def _session(job: LiveJob) -> Iterator[LiveSession]:
    estimator = MediaPipeEstimator(bundle_path(job.model))
    with LiveSession(
        estimator, job.request, Limits.load(job.limits), SetSettings(job.countdown_s, job.target)
    ) as session:
        yield session


def run_live(job: LiveJob) -> None:
    """Watch until the film ends, the user stops, or the camera does; then print the summary."""
    if job.out is not None:
        prepare_file(job.out, [Path(job.camera), *([job.limits] if job.limits else [])])
    with ExitStack() as stack:
        window = stack.enter_context(ScreenWindow()) if job.window else None
        session = stack.enter_context(_session(job))
        told, view = _Told(job.sound and job.window), None
        try:
            for frame in watch_live(job.camera):
                view = session.look(frame.image, frame.time_s)
                told.tell(session, view)
                if window is not None and not window.show(live_picture(frame.image, view.scene, board(view))):
                    break
                if view.phase == "done":
                    break
        except KeyboardInterrupt:
            pass
        except ClipError as error:
            if view is None:
                raise
            typer.echo(error.said, err=True)
        time.sleep(WAIT_S)
        told.tell(session, None)
        analysis = session.summary()
    if analysis is None:
        typer.echo("Counting never began: stand side-on, whole body in the picture.", err=True)
        return
    report = build_report(analysis)
    written = []
    if job.out is not None:
        write_text(job.out, report_json(report))
        written.append(job.out)
    print_report(report, written)


class _Told:
    """Says each change once, as a line of text and a bell."""

    def __init__(self, bell: bool) -> None:
        self._bell, self._count, self._words = bell, 0, ""

    def tell(self, session: LiveSession, view: LiveView | None) -> None:
        if view is not None and view.words and view.words != self._words:
            self._words = view.words
            typer.echo(view.words)
        for rep in session.counter.reps[self._count :]:
            self._count += 1
            typer.echo(f"rep {rep.number}: {', '.join(w for w, _ in findings(rep))}")
            if self._bell and rep.faults:
                sys.stdout.write("\a")
                sys.stdout.flush()
