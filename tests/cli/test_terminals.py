"""Names on terminals that cannot write them, and names that terminals' own words are made of."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

NAME = "王小明 Łukasz :star: [bold]Ås"


# One process for all commands: what is to be found out is how they print, not how they start.
EACH = """
import sys
from plumbline.cli import main
for words in eval(sys.stdin.read()):
    sys.argv[1:] = words
    try:
        main()
    except SystemExit as end:
        print(f"[{words[0]} ends {end.code or 0}]", file=sys.stderr)
"""


def said(encoding: str, *commands: list[str]) -> tuple[bytes, list[bytes]]:
    """What commands print on a terminal of an encoding, and what they say besides, with how each ends."""
    own = {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0", "COLUMNS": "200"}
    done = subprocess.run(
        [sys.executable, "-c", EACH],
        input=ascii(list(commands)).encode(),
        capture_output=True,
        env={**os.environ, **own},
        check=True,
    )
    return done.stdout, done.stderr.splitlines()


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "utf-8"])
def test_a_name_that_the_terminal_cannot_write_stops_nothing(tmp_path: Path, encoding: str) -> None:
    store = ["--store", str(tmp_path / "log.sqlite")]
    printed, lines = said(
        encoding,
        ["log", "athlete", NAME, *store],
        ["log", "add", "--athlete", NAME, "--drill", "pogo", "--reps", "10", *store],
        ["log", "show", "--athlete", NAME, *store],
        ["plan", "--athlete", NAME, "--out", str(tmp_path), *store],
        ["log", "week", "--athlete", NAME, "--out", str(tmp_path / f"{NAME}.pdf"), *store],
        ["analyze", str(tmp_path / f"{NAME}.mp4")],
    )
    assert [line for line in lines if line.startswith(b"[")] == [
        *[b"[log ends 0]"] * 3,
        b"[plan ends 0]",
        b"[log ends 0]",
        b"[analyze ends 2]",
    ]
    (refusal,) = [line for line in lines if not line.startswith(b"[")]
    for words in (refusal, printed.splitlines()[-1]):
        assert b":star: [bold]" in words, "a name is no picture and no style"
        if encoding == "utf-8":
            assert NAME.encode() in words
