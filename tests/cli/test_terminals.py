"""Names on terminals that cannot write them, and names that terminals' own words are made of."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

NAME = "王小明 Łukasz :star: [bold]Ås"


def said(encoding: str, *words: str) -> subprocess.CompletedProcess[bytes]:
    """A command on a terminal of an encoding."""
    own = {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0", "COLUMNS": "200"}
    return subprocess.run(
        [sys.executable, "-m", "plumbline", *words], capture_output=True, env={**os.environ, **own}, check=False
    )


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "utf-8"])
def test_a_name_that_the_terminal_cannot_write_stops_nothing(tmp_path: Path, encoding: str) -> None:
    store = ["--store", str(tmp_path / "log.sqlite")]
    for words in (
        ["log", "athlete", NAME],
        ["log", "add", "--athlete", NAME, "--drill", "pogo", "--reps", "10"],
        ["log", "show", "--athlete", NAME],
        ["plan", "--athlete", NAME, "--out", str(tmp_path)],
        ["log", "week", "--athlete", NAME, "--out", str(tmp_path / f"{NAME}.pdf")],
    ):
        done = said(encoding, *words, *store)
        assert done.returncode == 0, done.stderr
        assert b"Traceback" not in done.stdout + done.stderr
    film = said(encoding, "analyze", str(tmp_path / f"{NAME}.mp4"))
    assert (film.returncode, film.stderr.count(b"\n")) == (2, 1)
    for line in (film.stderr, done.stdout):
        assert b":star: [bold]" in line, "a name is no picture and no style"
    if encoding == "utf-8":
        assert NAME.encode() in film.stderr
        assert NAME.encode() in done.stdout
