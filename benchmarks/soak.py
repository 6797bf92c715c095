"""A long day: films one after the other in one process, then several users of the app at once.

    uv run python benchmarks/soak.py [--analyses 50] [--users 3] [--minutes 10]

Films are the shipped samples, each made a film of its own by a few bytes behind its end, so that no
landmarks are known from before. Users come with Chromium: they give a film, wait for its reps and the
annotated film, go through the other pages, and leave. Memory is that of all processes of Plumbline
together; errors are those that pages show and the server writes.
"""

from __future__ import annotations

import argparse
import itertools
import os
import secrets
import shutil
import struct
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import numpy as np
import psutil
from playwright.sync_api import Error, sync_playwright

from live import serve
from plumbline.machine import settle
from plumbline.resources import sample_clip
from processes import Memory
from rendering import table

SAMPLES = ("pogo_faults.mp4", "travelling_hops.mp4", "squats.mp4", "lunges.mp4", "squat_jump.mp4", "standing.mp4")
PAGES = ("compare", "several", "plan", "log", "progress", "limits", "guide")
LOOK_EVERY_S = 2.0


def fresh(name: str, folder: Path) -> Path:
    """A sample as a film that was never seen: a box that players pass over holds some random bytes."""
    out = folder / f"{secrets.token_hex(4)}.mp4"
    out.write_bytes(sample_clip(name).read_bytes() + struct.pack(">I4s", 24, b"free") + secrets.token_bytes(16))
    return out


def thirds(memory: Memory) -> list[str]:
    """Median of the first, second and last third, and the highest, MB."""
    parts = [np.median(part) for part in np.array_split(memory.mb, 3)]
    return [*(f"{p:.0f}" for p in parts), f"{max(memory.mb):.0f}"]


def one_after_the_other(count: int, folder: Path) -> list[str]:
    """Analyses with all results in one process; a row of the table."""
    code = (
        "import sys; from pathlib import Path\n"
        "from plumbline.machine import settle; settle()\n"
        "from soak import analyses; analyses(int(sys.argv[1]), Path(sys.argv[2]))\n"
    )
    command = [sys.executable, "-c", code, str(count), str(folder)]
    environment = {**os.environ, "PLUMBLINE_CACHE": str(folder / "cache"), "TMPDIR": str(folder / "temp")}
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=Path(__file__).parent, env=environment, stderr=subprocess.PIPE, text=True)
    with Memory(psutil.Process(process.pid), LOOK_EVERY_S) as memory:
        _, said = process.communicate()
    errors = "none" if process.returncode == 0 else said.strip().splitlines()[-1]
    return [f"{count} analyses in a row", f"{time.perf_counter() - began:.0f} s", errors, *thirds(memory)]


def analyses(count: int, folder: Path) -> None:
    """What the process of `one_after_the_other` does."""
    from plumbline.draw import write_film
    from plumbline.pipeline import analyze
    from plumbline.report import build_report
    from plumbline.results import documents, key_times

    for name in itertools.islice(itertools.cycle(SAMPLES), count):
        film = fresh(name, folder)
        analysis = analyze(film)
        stills = write_film(analysis, folder / "film.mp4", stills_s=key_times(analysis))
        assert all("".join(parts) for _, parts in documents(analysis, build_report(analysis), stills))
        film.unlink()


def user(url: str, folder: Path, until: float, seed: int, told: list[str], done: list[float]) -> None:
    """One user with a browser of his own, until the time is over."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    rng = np.random.default_rng(seed)
    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        while time.monotonic() < until:
            began = time.monotonic()
            context = browser.new_context(viewport={"width": 1280, "height": 900})
            page = context.new_page()
            page.set_default_timeout(180_000)
            try:
                page.goto(url)
                page.locator('input[type="file"]').first.set_input_files(fresh(str(rng.choice(SAMPLES)), folder))
                page.locator("video").first.wait_for()
                done.append(time.monotonic() - began)
                for where in rng.permutation(PAGES)[:3]:
                    page.goto(f"{url}/{where}")
                    page.locator("h1").first.wait_for()
                    page.wait_for_timeout(500)
                told.extend(page.get_by_test_id("stException").all_inner_texts())
            except Error as error:
                told.append(str(error).splitlines()[0])
            finally:
                context.close()
        browser.close()


def together(users: int, minutes: float, folder: Path) -> list[str]:
    """Users of the app at once; a row of the table."""
    cache, temp, log = folder / "cache", folder / "temp", folder / "server.log"
    own = {"PLUMBLINE_CACHE": str(cache), "PLUMBLINE_LOG": str(folder / "log.sqlite"), "TMPDIR": str(temp)}
    with log.open("w") as sink:
        server, url = serve(folder, environment=own, stderr=sink)
        told: list[str] = []
        done: list[float] = []
        until = time.monotonic() + 60 * minutes
        with Memory(psutil.Process(server.pid), LOOK_EVERY_S) as memory:
            crowd = [threading.Thread(target=user, args=(url, folder, until, k, told, done)) for k in range(users)]
            for one in crowd:
                one.start()
            for one in crowd:
                one.join()
        server.terminate()
        server.wait(timeout=60)
    told += [line for line in log.read_text().splitlines() if "Error" in line or "Traceback" in line]
    left = list((cache / "app").glob("*"))
    told += [f"left behind: {path.name}" for path in left]
    for words in told:
        print(words, file=sys.stderr)
    pace = f"{np.median(done):.0f} s each, longest {max(done):.0f}" if done else "none"
    what = f"{users} users, {minutes:g} min: {len(done)} films, {pace}"
    return [what, f"{60 * minutes:.0f} s", str(len(told) or "none"), *thirds(memory)]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--analyses", type=int, default=50)
    parser.add_argument("--users", type=int, default=3)
    parser.add_argument("--minutes", type=float, default=10)
    args = parser.parse_args()
    rows, left = [], []
    for work in (
        lambda place: one_after_the_other(args.analyses, place),
        lambda place: together(args.users, args.minutes, place),
    ):
        with tempfile.TemporaryDirectory() as name:
            (Path(name) / "temp").mkdir()
            rows.append(work(Path(name)))
            left.append(", ".join(p.name for p in (Path(name) / "temp").iterdir()) or "empty")
    heads = ["what", "took", "errors", "first third, MB", "second", "last", "highest", "temp"]
    print(table(heads, [[*row, gone] for row, gone in zip(rows, left, strict=True)]))


if __name__ == "__main__":
    settle()
    main()
