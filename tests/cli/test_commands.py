from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import plumbline
from plumbline.synthetic.film import truth_path
from plumbline.validation._compare import TRUTH_SCHEMA
from tests.cli.commands import run, run_process


def test_demo_flags_each_planted_fault_on_its_rep(tmp_path: Path, samples: Path) -> None:
    done = run_process("demo", "--out", str(tmp_path))
    assert done.returncode == 0, done.stderr
    report = json.loads((tmp_path / "report.json").read_text())
    truth = json.loads((samples / "pogo_faults.truth.json").read_text())
    assert len(report["reps"]) == len(truth["reps"]) == 8
    for rep, true in zip(report["reps"], truth["reps"], strict=True):
        raised = {v["fault"] for v in rep["verdicts"] if v["verdict"] == "fault"}
        assert {"trunk_lean", "long_contact"} & set(true["planted"]) == {"trunk_lean", "long_contact"} & raised
        assert raised <= set(true["planted"])
    called = {fault for fault, f in report["summary"]["faults"].items() if f["called"]}
    assert {"trunk_lean", "long_contact"} <= called
    assert (tmp_path / "annotated.mp4").stat().st_size > 10_000
    assert "Trunk leans: " in done.stdout
    assert "Long contact: " in done.stdout


def test_library_gives_what_the_command_line_gives(
    tmp_path: Path, samples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clip = samples / "squat_jump.mp4"
    monkeypatch.chdir(tmp_path)
    run("analyze", str(clip), "--drill", "squat_jump", "--no-video")
    out = tmp_path / "plumbline-out" / "squat_jump"  # the next clip's results do not replace this one's
    report = json.loads((out / "report.json").read_text())
    found = plumbline.analyze(clip, plumbline.Request(drill="squat_jump"))
    assert len(found.reps) == len(report["reps"]) == 1
    expected = report["reps"][0]["metrics"]["jump_height_m"]["value"]
    assert abs(found.reps[0].metrics["jump_height_m"].value - expected) < 1e-4
    assert report["reps"][0]["touchdown_s"] is None
    assert not (out / "annotated.mp4").exists()


def test_edits_are_reported_exported_and_held_against_a_new_run(tmp_path: Path, samples: Path) -> None:
    clip = tmp_path / "jump.mp4"
    clip.write_bytes((samples / "squat_jump.mp4").read_bytes())
    edits = tmp_path / "edits.json"
    edits.write_text('{"schema": "plumbline/edits/1", "reps": [{"rep": 1, "landing": {"ms": 40}}]}')
    done = run("analyze", str(clip), "--no-video", "--edits", str(edits), "--out", str(tmp_path / "out"))
    assert done.returncode == 0, done.stderr
    rep = json.loads((tmp_path / "out" / "report.json").read_text())["reps"][0]
    assert rep["source"] == "edited"
    assert abs(rep["landing_s"] - rep["automatic"]["landing_s"] - 0.04) < 1e-4
    assert "edited" in (tmp_path / "out" / "report.html").read_text()
    labels = tmp_path / "jump.truth.json"
    assert run("labels", str(tmp_path / "out" / "report.json"), "--out", str(labels)).returncode == 0
    table = tmp_path / "table.json"
    assert run("validate", str(clip), "--json", str(table)).returncode == 0
    assert abs(json.loads(table.read_text())["metrics"]["landing_s"]["bias"] + 0.04) < 0.005


def test_labels_of_what_is_no_report(tmp_path: Path) -> None:
    (tmp_path / "report.json").write_text('{"schema": "other"}')
    done = run("labels", str(tmp_path / "report.json"), "--out", str(tmp_path / "x.truth.json"))
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "x.truth.json").exists()


def test_tables(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text("[faults.long_contact]\nabove = 0.21\n")
    done = run("faults", "--limits", str(own))
    assert "above 0.21" in done.stdout
    assert "Flanagan" not in done.stdout.split("long_contact")[1].split("knee_travel_long")[0]
    assert "pose_landmarker_lite" in run("models", "list").stdout
    assert run("models", "verify").returncode == 0


def test_help_is_instant_and_loads_no_model() -> None:
    code = (
        "import sys; from plumbline.cli import app; "
        "print({'mediapipe', 'scipy', 'plotly', 'cv2', 'av'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_validate_prints_the_table_and_writes_json(tmp_path: Path, samples: Path) -> None:
    target = tmp_path / "v.json"
    done = run("validate", str(samples / "travelling_hops.mp4"), "--json", str(target))
    assert done.returncode == 0, done.stderr
    assert "limits of agreement" in done.stdout
    document = json.loads(target.read_text())
    assert document["reps"] == {"true": 4, "found": 4, "matched": 4}
    # One clip's mean wanders by what all its reps share.
    assert abs(document["metrics"]["contact_time_s"]["bias"]) < 0.035


def test_validate_without_truth_says_so(tmp_path: Path, samples: Path) -> None:
    lonely = tmp_path / "lonely.mp4"
    shutil.copy(samples / "standing.mp4", lonely)
    done = run("validate", str(lonely))
    assert done.returncode == 2
    assert "no truth file" in done.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["validate", "--seed", "-1"], "'--seed'"),
        (["validate", "--fps", "0"], "'--fps'"),
        (["plan", "--start", "9999-12-20"], "9999-12-20"),
        (["analyze", "n" * 300], "cannot be read"),
        (["batch", "n" * 300], "cannot be read"),
        (["analyze"], "see 'plumbline analyze --help'"),
        (["analyze", "a.mp4", "--colour"], "--colour"),
        (["jump"], "'jump'"),
    ],
)
def test_what_cannot_be_is_one_line(words: list[str], told: str) -> None:
    done = run(*words)
    assert done.returncode == 2
    assert told in done.stderr
    assert done.stderr.startswith("plumbline: ")
    assert done.stderr.count("\n") == 1


def test_a_file_whose_name_begins_with_a_dash_is_told_how(
    tmp_path: Path, samples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(samples / "standing.mp4", tmp_path / "-dash.mp4")
    monkeypatch.chdir(tmp_path)
    done = run("analyze", "-dash.mp4")
    assert done.returncode == 2
    assert "write ./-dash.mp4" in done.stderr


def test_a_truth_file_without_a_drill_is_said(tmp_path: Path, samples: Path) -> None:
    clip = tmp_path / "a.mp4"
    shutil.copy(samples / "standing.mp4", clip)
    truth_path(clip).write_text(json.dumps({"schema": TRUTH_SCHEMA}))
    done = run("validate", str(clip))
    assert done.returncode == 2
    assert "is not a usable truth file: drill" in done.stderr


def test_a_cache_that_cannot_be_is_said(samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLUMBLINE_CACHE", os.devnull)
    for words in (["analyze", str(samples / "standing.mp4"), "--out", str(tmp_path)], ["models", "fetch", "heavy"]):
        done = run(*words)
        assert done.returncode == 2
        assert "Set PLUMBLINE_CACHE" in done.stderr
        assert "Traceback" not in done.stderr


def test_ctrl_c_leaves_nothing_half_written(tmp_path: Path, samples: Path) -> None:
    out = tmp_path / "out"
    # A shell's background jobs do not hear Ctrl-C, nor does what they start.
    hear = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    process = subprocess.Popen(
        [
            *(sys.executable, "-c", f"{hear}; from plumbline.cli import main; main()", "analyze"),
            *(str(samples / "travelling_hops.mp4"), "--out", str(out)),
        ],
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ,
    )
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and not (out.exists() and any(out.iterdir())):
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert b"Traceback" not in err
    assert err.endswith(b"plumbline: stopped; nothing was half-written.\n")
    assert not [p for p in out.iterdir() if p.name.endswith(".part")]


def test_ctrl_c_while_the_command_loads() -> None:
    code = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)

class Hasty:
    def find_spec(self, name, *_):
        if name == "typer":
            os.kill(os.getpid(), signal.SIGINT)

from plumbline.cli import main
sys.meta_path.insert(0, Hasty())
main()
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (130, "plumbline: stopped; nothing was half-written.\n")


def test_a_film_of_the_same_name_gets_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from plumbline.cli._analyze import folder_for
    from plumbline.estimation import sha256_of

    monkeypatch.chdir(tmp_path)
    films = []
    for place in ("a", "b"):
        films.append(tmp_path / place / "hops.mp4")
        films[-1].parent.mkdir()
        films[-1].write_bytes(place.encode())
    first = folder_for(films[0])
    assert first == Path("plumbline-out/hops")
    first.mkdir(parents=True)
    (first / "report.json").write_text(json.dumps({"clip": {"sha256": sha256_of(films[0])}}))
    assert [folder_for(film).name for film in films] == ["hops", "hops-2"]
    (first / "report.json").write_text("not a report")  # nothing that anybody would miss
    assert folder_for(films[1]) == first


def test_a_group_without_a_command_prints_its_help_only() -> None:
    done = run("log")
    assert (done.returncode, done.stderr.strip()) == (2, "")
    assert "athlete" in done.stdout


def test_results_appear_together_or_not_at_all(tmp_path: Path) -> None:
    from plumbline.errors import OutputError
    from plumbline.files import all_or_none, write_text

    (tmp_path / "report.json").write_text("old")
    with (
        pytest.raises(OutputError, match=r"annotated\.mp4 cannot be written") as refused,
        all_or_none(tmp_path) as part,
    ):
        write_text(part / "report.json", "new")
        raise OutputError("{path} cannot be written: no space.", path=part / "annotated.mp4")
    assert ".part" not in str(refused.value)
    assert [(p.name, p.read_text()) for p in tmp_path.iterdir()] == [("report.json", "old")]
    with all_or_none(tmp_path) as part:
        write_text(part / "report.json", "new")
    assert [(p.name, p.read_text()) for p in tmp_path.iterdir()] == [("report.json", "new")]


def test_edits_are_not_written_over(tmp_path: Path, samples: Path) -> None:
    edits = tmp_path / "report.json"
    edits.write_text('{"schema": "plumbline/edits/1"}')
    done = run("analyze", str(samples / "standing.mp4"), "--edits", str(edits), "--out", str(tmp_path), "--no-video")
    assert (done.returncode, "would be overwritten" in done.stderr) == (2, True)
    assert edits.read_text() == '{"schema": "plumbline/edits/1"}'


def test_a_film_named_by_dots_keeps_its_results_in_their_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from plumbline.cli._analyze import folder_for

    monkeypatch.chdir(tmp_path)
    for name in ("...mp4", "..mp4", ".mp4"):
        (tmp_path / name).write_bytes(b"x")
        assert folder_for(tmp_path / name).parent == Path("plumbline-out")
        assert folder_for(tmp_path / name).name.strip(".")
