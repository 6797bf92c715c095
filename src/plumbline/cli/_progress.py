"""What commands that take long share: a bar of progress, and the folder for the results."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from plumbline.errors import OutputError


@contextmanager
def progress(console: Console, words: str, total: int, unit: str = "fps") -> Iterator[Callable[[int], None]]:
    """Show a bar with the speed and the time left; yields the function that moves it."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[speed]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(words, total=total, speed="")

        def move(done: int) -> None:
            speed = bar.tasks[0].speed
            bar.update(task, completed=done, speed=f"{speed:.3g} {unit}" if speed else "")

        yield move


def make_folder(out: Path) -> None:
    """Make the folder for the results.

    Raises
    ------
    OutputError
        When it cannot be made.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"the folder {out} cannot be made: {error.strerror}.") from error
