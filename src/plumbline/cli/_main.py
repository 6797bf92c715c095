"""The command line. Errors are one line and status 2."""

from __future__ import annotations

import errno
import io
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from plumbline import __version__
from plumbline.cli import STOPPED
from plumbline.cli._check_commands import check_app
from plumbline.cli._film_commands import film_app
from plumbline.cli._log_commands import log_app
from plumbline.cli._models_commands import models_app
from plumbline.cli._plan_commands import plan_app
from plumbline.errors import PlumblineError
from plumbline.language import LANGUAGES, VARIABLE, read_language
from plumbline.machine import settle

app = typer.Typer(
    name="plumbline",
    help="Films of hops, runs, landings, strength and balance in, a report of every rep and annotated films out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for commands in (film_app, check_app, plan_app):
    app.add_typer(commands)
app.add_typer(models_app, name="models")
app.add_typer(log_app, name="log")


def _say_version(asked: bool) -> None:
    if asked:
        typer.echo(f"plumbline {__version__}")
        raise typer.Exit


def _speak(language: str) -> str:
    """Speak a language, here and in processes that this one starts."""
    os.environ[VARIABLE] = read_language(language)
    return os.environ[VARIABLE]


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_say_version, is_eager=True, help="Print the version.")
    ] = False,
    language: Annotated[
        str,
        typer.Option(
            envvar=VARIABLE, callback=_speak, help=f"Language of reports, films and messages: {', '.join(LANGUAGES)}."
        ),
    ] = "en",
) -> None:
    """Films of hops, runs, landings, strength and balance in, a report of every rep and annotated films out."""


def _unwritten(error: OSError) -> int:
    """The status where the output could not be written: whoever read it has seen enough, or its disk is full."""
    if error.errno not in (errno.EPIPE, errno.ENOSPC, errno.EIO):
        raise error
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if error.errno == errno.EPIPE:
        return 1
    sys.stderr.write(f"plumbline: the output cannot be written: {error.strerror}.\n")
    return 2


def _misused(error: Exception) -> int:
    """The status of a command that was typed wrongly, which says so itself; other errors go on."""
    if not hasattr(error, "exit_code") or not hasattr(error, "format_message"):
        raise error
    text, context = error.format_message(), getattr(error, "ctx", None)
    if not text:  # a group without a command has printed its help
        return int(error.exit_code)
    if "\n" in text and hasattr(error, "show"):  # a command without any words prints its help
        error.show()
    else:
        command = context.command_path if context else "plumbline"
        dashed = next((word for word in sys.argv[1:] if word.startswith("-") and Path(word).exists()), "")
        advice = f"for the file of that name write ./{dashed}" if dashed else f"see '{command} --help'"
        sys.stderr.write(f"plumbline: {text.rstrip('.')}: {advice}.\n")
    return int(error.exit_code)


def run() -> None:
    """Run the command line.

    Raises
    ------
    KeyboardInterrupt
        When it was stopped with Ctrl-C.
    """
    settle()
    for name in ("SIGTERM", "SIGHUP"):  # as Ctrl-C: what is half-written is taken away
        with suppress(AttributeError, ValueError):
            signal.signal(getattr(signal, name), signal.default_int_handler)
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot write a letter of a name shows a question mark in its place.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        status = app(standalone_mode=False)
        sys.stdout.flush()
        if status == STOPPED:  # Typer makes a status of the key
            raise KeyboardInterrupt
    except OSError as error:
        sys.exit(_unwritten(error))
    except PlumblineError as error:
        line = " ".join(error.said.split())
        sys.stderr.write(f"plumbline: {line}\n")
        sys.exit(2)
    except typer.Abort:
        raise KeyboardInterrupt from None
    except Exception as error:
        sys.exit(_misused(error))
    sys.exit(status if isinstance(status, int) else 0)
