"""Bad input: one clear line, status 2, nothing left behind."""

from __future__ import annotations

import json
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from plumbline.estimation import bundle_path
from tests.cli.commands import run, run_process


def film(path: Path, size: tuple[int, int] = (160, 120), frames: int = 20, level: int | None = None) -> Path:
    rng = np.random.default_rng(0)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=30)
        stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
        for _ in range(frames):
            shape = (size[1], size[0], 3)
            image = rng.integers(0, 255, shape, np.uint8) if level is None else np.full(shape, level, np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(image, format="rgb24")))
        container.mux(stream.encode(None))
    return path


def audio(path: Path) -> Path:
    with av.open(str(path), "w") as container:
        stream = container.add_stream("aac", rate=44100)
        stream.codec_context.time_base = Fraction(1, 44100)
        for i in range(20):
            frame = av.AudioFrame.from_ndarray(np.zeros((2, 1024), np.float32), format="fltp", layout="stereo")
            frame.sample_rate, frame.pts = 44100, 1024 * i
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def write_bytes(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def still(path: Path) -> Path:
    import cv2

    cv2.imwrite(str(path), np.full((200, 150, 3), 90, np.uint8))
    return path


BAD = {
    "missing": (lambda d: d / "nowhere.mp4", "does not exist"),
    "a folder": (lambda d: d, "is a folder"),
    "empty": (lambda d: write_bytes(d / "empty.mp4", b""), "is empty"),
    "text": (lambda d: write_bytes(d / "text.mp4", b"not a film at all\n" * 50), "not a film"),
    "cut off": (lambda d: write_bytes(d / "cut.mp4", film(d / "whole.mp4").read_bytes()[:700]), "cut.mp4"),
    "audio only": (lambda d: audio(d / "audio.mp4"), "no video"),
    "a picture": (lambda d: still(d / "picture.jpg"), "is a picture"),
    "a picture called mp4": (lambda d: still(d / "p.png").rename(d / "picture.mp4"), "is a picture"),
    "no frames": (lambda d: film(d / "none.mkv", frames=0), "none.mkv"),
}


@pytest.mark.parametrize("name", BAD)
def test_one_clear_line_and_status_2(name: str, tmp_path: Path) -> None:
    make, words = BAD[name]
    out = tmp_path / "out"
    done = run("analyze", str(make(tmp_path)), "--out", str(out))
    assert done.returncode == 2, done.stderr
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    assert len(lines) == 1, done.stderr
    assert words in lines[0]
    assert "Traceback" not in done.stderr + done.stdout
    assert not out.exists(), "half-written output"


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are a matter of Unix")
@pytest.mark.parametrize("options", [[], ["--no-video"]])
def test_results_that_do_not_fit_leave_nothing_half_written(options: list[str], samples: Path, tmp_path: Path) -> None:
    """As on a disk that is full: no file may grow beyond 40 kB, report and film would be larger."""
    out = tmp_path / "out"
    out.mkdir()
    (out / "report.html").write_text("old")
    bundle_path()  # there already, as after any earlier film
    command = f"ulimit -f 40 && exec '{sys.executable}' -c 'from plumbline.cli import main; main()' \"$@\""
    words = ["analyze", str(samples / "standing.mp4"), "--no-cache", "--out", str(out), *options]
    done = subprocess.run(["bash", "-c", command, "bash", *words], capture_output=True, text=True, check=False)
    assert done.returncode == 2, done.stderr
    assert "cannot be written" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert (out / "report.html").read_text() == "old"
    assert not [p for p in out.iterdir() if "part" in p.name]


@pytest.mark.parametrize("name", ["noise", "8x8", "black"])
def test_film_without_an_athlete_is_no_error(name: str, tmp_path: Path) -> None:
    clip = {
        "noise": lambda: film(tmp_path / "noise.mp4"),
        "8x8": lambda: film(tmp_path / "tiny.mp4", size=(8, 8)),
        "black": lambda: film(tmp_path / "black.mp4", level=0),
    }[name]()
    out = tmp_path / "out"
    done = run_process("analyze", str(clip), "--out", str(out))
    assert done.returncode == 0, done.stderr
    assert ("too small" if name == "8x8" else "No person was found") in done.stdout
    assert done.stderr.strip() == "", "warnings of libraries leak to the user"
    assert sorted(p.name for p in out.iterdir()) == [
        "annotated.mp4",
        "frames.csv",
        "report.html",
        "report.json",
        "reps.csv",
    ]


OPTIONS = {
    "unknown drill": (["--drill", "cartwheel"], "there is no drill 'cartwheel'"),
    "impossible stature": (["--height-m", "17"], "height of 17 m"),
    "impossible mass": (["--mass-kg", "-3"], "body weight"),
    "unknown model": (["--model", "enormous"], "no pose model"),
    "missing limits": (["--limits", "nowhere.toml"], "nowhere.toml"),
    "unknown athlete": (["--athlete", "somebody"], "athlete 'somebody'"),
    "no such athlete": (["--athlete", "7"], "no person 7"),
    "athlete 0": (["--athlete", "0"], "numbered from 1"),
    "a mark beside the picture": (["--marked", "0,0,9000,0,2"], "outside the picture"),
    "a mark of four numbers": (["--marked", "1,2,3,4"], "marked distance"),
    "missing edits": (["--edits", "nowhere.json"], "nowhere.json"),
    "capture rate 0": (["--capture-fps", "0"], "capture rate"),
}


@pytest.mark.parametrize("name", OPTIONS)
def test_bad_options(name: str, samples: Path, tmp_path: Path) -> None:
    options, words = OPTIONS[name]
    done = run("analyze", str(samples / "standing.mp4"), "--out", str(tmp_path / "out"), *options)
    assert done.returncode == 2
    assert words in done.stderr
    assert len([x for x in done.stderr.splitlines() if x.strip()]) == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["new\nline <b>.mp4", "../up'\"$(x).mp4", "no\udce9utf8 走る.mp4", "x" * 251 + ".mp4"])
def test_strange_names_reach_every_document(name: str, samples: Path, tmp_path: Path) -> None:
    folder = tmp_path / "films"
    folder.mkdir()
    clip = folder / name
    clip.write_bytes((samples / "standing.mp4").read_bytes())
    done = run("analyze", str(clip), "--out", str(tmp_path / "out"))
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "<b>.mp4" not in page
    assert json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))["clip"]["name"].endswith(".mp4")
    clip.unlink()
    assert not list(folder.iterdir())


def test_output_folder_that_cannot_be_made(samples: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    done = run("analyze", str(samples / "standing.mp4"), "--out", str(tmp_path / "file" / "out"))
    assert done.returncode == 2
    assert "cannot be made" in done.stderr


def test_a_film_is_never_written_over(tmp_path: Path) -> None:
    source = film(tmp_path / "annotated.mp4")
    before = source.read_bytes()
    done = run("analyze", str(source), "--out", str(tmp_path))
    assert done.returncode == 2
    assert "would be overwritten" in done.stderr
    assert source.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["annotated.mp4"]


@pytest.mark.parametrize("door", ["live", "validate"])
def test_what_is_read_is_never_written_over_at_other_doors(door: str, tmp_path: Path) -> None:
    source = film(tmp_path / "clip.mp4").rename(tmp_path / "report.json")
    before = source.read_bytes()
    words = {
        "live": ("live", "--camera", str(source), "--no-window", "--drill", "pogo", "--out", str(source)),
        "validate": ("validate", str(source), "--json", str(source)),
    }
    done = run(*words[door])
    assert done.returncode == 2
    assert "would be overwritten" in done.stderr
    assert source.read_bytes() == before


def test_live_asks_first_whether_its_report_can_be_written(samples: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    out = tmp_path / "file" / "set.json"
    done = run("live", "--camera", str(samples / "pogo.mp4"), "--no-window", "--drill", "pogo", "--out", str(out))
    assert done.returncode == 2
    assert "cannot be made" in done.stderr


def test_version_and_module() -> None:
    from plumbline import __version__

    for args in (["-m", "plumbline"], ["-c", "from plumbline.cli import main; main()"]):
        done = subprocess.run([sys.executable, *args, "--version"], capture_output=True, text=True, check=True)
        assert done.stdout.strip() == f"plumbline {__version__}"


def test_a_log_of_a_newer_version_is_said(tmp_path: Path) -> None:
    import sqlite3

    log = tmp_path / "log.sqlite"
    assert run("log", "athlete", "Åse", "--store", str(log)).returncode == 0
    with sqlite3.connect(log) as database:
        database.execute("update alembic_version set version_num = '9999'")
    done = run("log", "show", "--athlete", "Åse", "--store", str(log))
    assert done.returncode == 2
    assert "newer version" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_film_of_the_user_s_own_is_not_removed_with_an_earlier_run_s(samples: Path, tmp_path: Path) -> None:
    """Without a film to draw, one of an earlier run goes; what lies there alone, or is read, stays."""
    alone = tmp_path / "annotated.mp4"
    alone.write_bytes((samples / "pogo.mp4").read_bytes())
    done = run("analyze", str(alone), "--no-video", "--out", str(tmp_path))
    assert done.returncode == 2
    assert "would be overwritten" in done.stderr
    assert run("analyze", str(samples / "pogo.mp4"), "--no-video", "--out", str(tmp_path)).returncode == 0
    assert alone.is_file(), "there was no report beside it"
    assert run("analyze", str(samples / "pogo.mp4"), "--no-video", "--out", str(tmp_path)).returncode == 0
    assert not alone.exists()


def test_neither_a_film_nor_a_log_is_written_over_by_a_table(samples: Path, tmp_path: Path) -> None:
    film_there, log = tmp_path / "clip.mp4", tmp_path / "log.json"
    film_there.write_bytes(b"film")
    store = ("--store", str(log))
    assert run("log", "athlete", "A", *store).returncode == 0
    assert run("analyze", str(samples / "pogo.mp4"), "--no-video", "--out", str(tmp_path / "a")).returncode == 0
    report, kept = str(tmp_path / "a" / "report.json"), log.read_bytes()
    for words in (
        ("labels", report, "--out", str(film_there)),
        ("labels", report, "--out", str(log)),
        ("log", "week", "--athlete", "A", "--out", str(film_there), *store),
        ("log", "week", "--athlete", "A", "--out", ".", *store),
        ("log", "backup", str(film_there), *store),
        ("log", "export", str(log), *store),
        ("labels", report, "--out", str(tmp_path / ("x" * 300 + ".json"))),
    ):
        done = run(*words)
        assert (done.returncode, len(done.stderr.splitlines())) == (2, 1), (words, done.stderr)
    assert film_there.read_bytes() == b"film"
    assert log.read_bytes() == kept
    assert run("log", "add", report, "--athlete", "A", *store).returncode == 0
    again = run("log", "add", report, "--athlete", "A", *store)
    assert again.returncode == 2
    assert "logged for A" in again.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("plan", "--kind", "nope"), "there is no plan 'nope'"),
        (("plan", "--kind", "block", "--weeks", "6"), "leave --weeks out"),
        (("log", "add", "report.json", "--athlete", "A", "--side", "left"), "either a report.json, or --drill"),
        (("log", "note", "--athlete", "A", "--notes", ""), "say what to note"),
        (("validate", "/"), "is a folder"),
        (("batch", "/dev/null"), "is not a file"),
        (("batch", ".", "--model", "enormous"), "no pose model"),
        (("demo", "--out", ""), "has no name"),
        (("plan", "--athlete", "A", "--save", "--out", "/dev/null"), "is a file"),
        (("live", "--no-window", "--camera", "99999999999"), "there is no camera 99999999999"),
        (("live", "none.mp4", "--countdown", "nan"), "countdown"),
        (("analyze", "none.mp4", "--marked", "nan,0,1,1,1"), "are not in the picture"),
        (("log", "show", "--athlete", "A", "--store", "none/log.sqlite"), "there is no log at"),
        (("log", "add", "--drill", "skips", "--reps", "3", "--athlete", "A", "--day", "2206-11-30"), "check the year"),
    ],
)
def test_what_cannot_be_is_one_line(
    words: tuple[str, ...], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLUMBLINE_LOG", str(tmp_path / "log.sqlite"))
    assert run("log", "athlete", "A").returncode == 0
    done = run(*words)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert said in done.stderr
    assert not Path("none").exists()


def test_closed_streams_and_a_full_disk_are_no_traceback(samples: Path) -> None:
    command = f"{sys.executable} -c 'from plumbline.cli import main; main()'"
    for more, status in ((">&-", 0), ("2>&-", 0), (">/dev/full", 2)):
        done = subprocess.run(
            ["bash", "-c", f"{command} drills {more}"], capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == status, (more, done.stderr)
        assert "Traceback" not in done.stderr


def test_limits_beyond_what_a_body_does_are_refused(tmp_path: Path) -> None:
    """220, meant in ms, would never be missed again."""
    path = tmp_path / "limits.toml"
    for text, said in (
        ("[faults.long_contcat]\nabove = 0.2", "did you mean long_contact"),
        ("[measuring.cutoff_hz]\nvalue = 31", "cutoff_hz"),
    ):
        path.write_text(text)
        done = run("faults", "--limits", str(path))
        assert (done.returncode, len(done.stderr.splitlines())) == (2, 1), done.stderr
        assert said in done.stderr
    for text in ("above = 220", "above = 99999999999999999999"):
        path.write_bytes(b"\xef\xbb\xbf[faults.long_contact]\n" + text.encode())  # as Windows writes it
        done = run("faults", "--limits", str(path))
        assert (done.returncode, len(done.stderr.splitlines())) == (2, 1), done.stderr
    path.write_bytes(b"\xef\xbb\xbf[faults.long_contact]\nabove = 0.22\n")
    assert run("faults", "--limits", str(path)).returncode == 0


def test_no_columns_are_as_many_as_usual(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "0")
    assert "pogo" in run("drills").stdout
