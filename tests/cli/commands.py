"""The command line, run and looked at from outside."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
from pathlib import Path
from unittest import mock

Done = subprocess.CompletedProcess[str]
WIDTH = {"COLUMNS": "200"}


def run(*args: str) -> Done:
    """A command in this process: its libraries are loaded once for all tests."""
    from plumbline.cli import main

    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    status = 0
    with (
        mock.patch.object(sys, "argv", ["plumbline", *args]),
        mock.patch.object(sys, "stdin", io.StringIO()),
        mock.patch.dict(os.environ, WIDTH),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as stop:
            status = int(stop.code or 0)
    printed, said = (_text(stream) for stream in (out, err))
    return subprocess.CompletedProcess(args, status, printed, said)


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue().decode()


def run_process(*args: str, cwd: Path | None = None) -> Done:
    """A command as a user starts it, with what libraries write behind Python's back."""
    return subprocess.run(
        [sys.executable, "-c", "from plumbline.cli import main; main()", *args],
        capture_output=True,
        text=True,
        cwd=cwd,
        check=False,
        env={**os.environ, **WIDTH},
    )
