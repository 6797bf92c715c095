"""How long the app takes to begin: its first page, and the sample's first faults and film, cold and once more.

    uv run python benchmarks/start.py [--rounds 3]

The sample is clicked as soon as its button is there: what the first page does not load is still loading then. Its
landmarks were seen before, as those of every film that is opened again.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, sync_playwright

from live import serve
from plumbline.estimation import see
from plumbline.video import probe
from rendering import SAMPLES, table

SAMPLE = "Try the sample clip"
PATIENCE_MS = 120_000


def begun(browser: Browser, url: str) -> list[float]:
    """Seconds to the first page; from the click on the sample to its faults, and to its film."""
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    page.set_default_timeout(PATIENCE_MS)
    start = time.perf_counter()
    page.goto(url)
    page.get_by_role("button", name=SAMPLE).wait_for()
    shown = time.perf_counter()
    page.get_by_role("button", name=SAMPLE).click()
    page.get_by_text("What to work on").wait_for()
    faults = time.perf_counter()
    page.locator("video").first.wait_for()
    film = time.perf_counter()
    page.close()
    return [shown - start, faults - shown, film - shown]


def main() -> None:
    """Start the app so many times, and print the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    see(probe(SAMPLES / "pogo_faults.mp4"))
    cold, warm = [], []
    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for _ in range(args.rounds):
            with tempfile.TemporaryDirectory() as folder:
                server, url = serve(Path(folder))
                try:
                    cold.append(begun(browser, url))
                    warm.append(begun(browser, url))
                finally:
                    server.terminate()
                    server.wait()
        browser.close()
    head = ("server", "first page, s", "click to faults, s", "click to film, s")
    rows = [
        [name, *(f"{np.median(v):.1f} ({min(v):.1f} to {max(v):.1f})" for v in zip(*runs, strict=True))]
        for name, runs in (("just begun", cold), ("begun", warm))
    ]
    print(table(head, rows))


if __name__ == "__main__":
    main()
