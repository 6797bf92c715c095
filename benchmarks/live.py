"""Live in a real browser: time to the first frame, frames per second, delay, memory.

    uv run python benchmarks/live.py [--seconds 120] [--size 640 480] [--cores 1] [--screenshot FILE]

Starts the app, gives Chromium a shipped film of hops as its webcam, and reads what the page says
of itself. Browser and app share the machine, as they do on a coach's laptop; with `--cores` the app
keeps to a part of it.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import TextIO

import av
import cv2
import numpy as np
import psutil
from playwright.sync_api import Page, sync_playwright

from plumbline.video import probe, read_frames
from rendering import SAMPLES, table

ROOT = Path(__file__).parents[1]
STAND_FRAMES = 7 * 30
DELAYS = ("p50", "p95", "p99")


def webcam_film(folder: Path, size: tuple[int, int]) -> Path:
    """Standing, then eight hops with faults, as Motion JPEG; Chromium plays it round and round."""
    clip, out = probe(SAMPLES / "pogo_faults.mp4"), folder / "camera.mjpeg"
    wide, high = round(clip.width * size[1] / clip.height), size[1]
    left = (size[0] - wide) // 2
    frames = [cv2.resize(f.image, (wide, high)) for f in read_frames(clip)][::2]
    edges = (0, 0, left, size[0] - wide - left)
    frames = [cv2.copyMakeBorder(f, *edges, cv2.BORDER_REPLICATE) for f in [frames[0]] * STAND_FRAMES + frames]
    with av.open(str(out), "w", format="mjpeg") as sink:
        stream = sink.add_stream("mjpeg", rate=30)
        stream.width, stream.height, stream.pix_fmt = *size, "yuvj420p"
        for k, frame in enumerate(frames):
            picture = av.VideoFrame.from_ndarray(frame, format="rgb24").reformat(format="yuvj420p")
            picture.pts, picture.time_base = k, Fraction(1, 30)
            sink.mux(stream.encode(picture))
        sink.mux(stream.encode())
    return out


def serve(
    folder: Path, *, environment: Mapping[str, str] | None = None, stderr: TextIO | None = None
) -> tuple[subprocess.Popen[bytes], str]:
    """Start the app; returns its process and address."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    command += ["--server.headless", "true"]
    env = {**os.environ, "PLUMBLINE_LIMITS": str(folder / "limits.toml"), **(environment or {})}
    server = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=stderr)
    url = f"http://127.0.0.1:{port}"
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{url}/_stcore/health", timeout=1)
        except OSError:
            time.sleep(0.1)
        else:
            return server, url
    server.terminate()
    raise SystemExit(f"the app does not answer at {url}.")


def watched(page: Page, server: psutil.Process, seconds: float, screenshot: Path | None) -> dict[str, list[float]]:
    """What the page says each second, and the server's memory."""
    out: dict[str, list[float]] = {"fps": [], "p50": [], "p95": [], "p99": [], "mb": []}
    began = time.perf_counter()
    while time.perf_counter() - began < seconds:
        page.wait_for_timeout(1000)
        said = page.locator(".stMain").inner_text()
        found = re.search(r"(\d+) frames per second.*?(\d+) ms .*?(\d+) ms.*?(\d+) ms", said)
        if found:
            for key, value in zip(("fps", "p50", "p95", "p99"), found.groups(), strict=True):
                out[key].append(float(value))
        out["mb"].append(server.memory_info().rss / 2**20)
        if screenshot is not None and page.locator(".big .fault").count():
            page.screenshot(path=str(screenshot))
            screenshot = None
    return out


def halves(values: list[float]) -> str:
    """Medians of the first and the second half."""
    return " / ".join(f"{np.median(part):.0f}" for part in np.array_split(values, 2))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--size", type=int, nargs=2, default=(640, 480))
    parser.add_argument("--cores", type=int, help="The app gets so many; all by default.")
    parser.add_argument("--screenshot", type=Path, help="Keep a picture of the page as a fault is shown.")
    options = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        raise SystemExit("no Chromium on this machine: sudo apt-get install -y chromium")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as p:
        camera = webcam_film(Path(name), tuple(options.size))
        server, url = serve(Path(name))
        cores = psutil.Process(server.pid).cpu_affinity()[: options.cores]
        for thread in psutil.Process(server.pid).threads():  # those to come take after them
            os.sched_setaffinity(thread.id, cores)
        try:
            flags = ["--no-sandbox", "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
            flags.append(f"--use-file-for-fake-video-capture={camera}")
            page = p.chromium.launch(executable_path=chromium, args=flags).new_page(
                viewport={"width": 1280, "height": 860}
            )
            page.goto(f"{url}/live")
            page.get_by_text("Press START CAMERA").wait_for(timeout=60_000)
            page.wait_for_timeout(6000)  # libraries load beside the first page
            page.get_by_role("button", name="Start camera").click()
            clicked = time.perf_counter()
            page.get_by_text("Speed of the picture").click(timeout=60_000)
            first_s = time.perf_counter() - clicked
            found = watched(page, psutil.Process(server.pid), options.seconds, options.screenshot)
            counted = page.get_by_test_id("count").inner_text()
        finally:
            server.terminate()
            server.wait(timeout=20)
    rows = [
        ["click to first frame with the line, s", f"{first_s:.1f}"],
        ["frames per second, median (lowest)", f"{np.median(found['fps']):.0f} ({min(found['fps']):.0f})"],
        ["delay from frame to line, p50 / p95 / p99, ms", " / ".join(f"{np.median(found[p]):.0f}" for p in DELAYS)],
        ["p95 of the delay, first / second half, ms", halves(found["p95"])],
        ["memory of the app, first / second half, MB", halves(found["mb"])],
        ["reps counted", counted],
    ]
    size = " × ".join(map(str, options.size))
    what = f"{size} at 30 per second, {options.seconds:.0f} s, cores for the app: {len(cores)}"
    print(table([what, ""], rows))


if __name__ == "__main__":
    main()
