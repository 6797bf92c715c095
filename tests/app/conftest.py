"""The app as a user meets it: a server of its own, and Debian's Chromium."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from plumbline.estimation import see
from plumbline.resources import sample_clip
from plumbline.video import probe

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PATIENCE_MS = 90_000
WIDE, PHONE = {"width": 1280, "height": 1000}, {"width": 390, "height": 844}

# What a page will show is waited for as long as what it must have: a busy machine is no fault.
expect.set_options(timeout=PATIENCE_MS)


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


class Server:
    """Streamlit as the README starts it, on a port and with folders of its own."""

    def __init__(
        self,
        folder: Path,
        *options: str,
        environment: Mapping[str, str] | None = None,
        before: Callable[[Server], object] = lambda server: None,
    ) -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.cache, self.limits = folder / "cache", folder / "limits.toml"
        self.log = folder / "server.log"
        own = {"PLUMBLINE_CACHE": self.cache, "PLUMBLINE_LIMITS": self.limits, "PLUMBLINE_LOG": folder / "log.sqlite"}
        env = {**os.environ, "PYTHONFAULTHANDLER": "1", **{name: str(path) for name, path in own.items()}}
        env |= environment or {}
        before(self)
        # The pose model, and what it sees in two samples: other films it sees for itself.
        for sample in ("pogo_faults.mp4", "pogo.mp4"):
            see(probe(sample_clip(sample)))
        for kept in ("models", "landmarks"):
            shutil.copytree(Path(os.environ["PLUMBLINE_CACHE"]) / kept, self.cache / kept)
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(self.port)]
        command += ["--server.headless", "true", *options]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log)
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=1)
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise RuntimeError(self.log.read_text())

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            self.process.send_signal(signal.SIGABRT)  # its threads' stacks go to the log
            self.process.wait(timeout=20)
            raise RuntimeError(f"the server does not stop:\n{self.log.read_text()[-6000:]}") from None


@pytest.fixture(scope="session")
def server(own_cache: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("server"))
    yield running
    running.stop()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: sudo apt-get install -y chromium")
    with sync_playwright() as p:
        yield p


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """One browser for every test that needs no flags of its own."""
    flags = ["--no-sandbox", "--autoplay-policy=no-user-gesture-required"]
    running = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
    yield running
    running.close()


Launch = Callable[..., Browser]


@pytest.fixture
def launch(playwright: Playwright) -> Iterator[Launch]:
    opened: list[Browser] = []

    def start(*options: str) -> Browser:
        flags = ["--no-sandbox", "--autoplay-policy=no-user-gesture-required", *options]
        opened.append(playwright.chromium.launch(executable_path=CHROMIUM, args=flags))
        return opened[-1]

    yield start
    for browser in opened:
        browser.close()


@pytest.fixture
def page(launch: Launch, server: Server) -> Page:
    tab = launch().new_page(viewport={"width": 1280, "height": 1000})
    tab.set_default_timeout(PATIENCE_MS)
    tab.goto(server.url)
    return tab


def upload(page: Page, *files: Path) -> None:
    """Give films to the page's uploader."""
    page.locator('input[type="file"]').first.set_input_files([str(f) for f in files])


def settled(page: Page) -> None:
    """Until the page has run and shows all of it: what is pressed before may fall between two runs."""
    page.wait_for_timeout(300)
    page.wait_for_function(
        """() => document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning'
            && !document.querySelector('[data-stale=true], [data-testid=stSkeleton]')"""
    )
    page.wait_for_timeout(100)


def choose(page: Page, box: str | re.Pattern[str], option: str | re.Pattern[str], exact: bool = False) -> None:
    """Pick from the first list of that name. A run of the page closes a list that is open: it is opened again."""
    chosen = page.get_by_role("option", name=option)
    for _ in range(10):
        field = page.get_by_role("combobox", name=box, exact=exact).first
        field.click()
        if isinstance(option, str):
            field.fill(option)  # a long list has its first rows only
        try:
            chosen.first.click(timeout=PATIENCE_MS / 10)
            return
        except PlaywrightError:
            page.keyboard.press("Escape")
    raise AssertionError(f"{option} cannot be chosen")


def wait_for_results(page: Page) -> None:
    """Until the reps are there, and the film plays."""
    page.get_by_text("What to work on").wait_for(timeout=240_000)
    page.locator("video").first.wait_for(timeout=240_000)
    page.wait_for_function("document.querySelector('video').readyState >= 2", timeout=PATIENCE_MS)


def empty_room(path: Path) -> None:
    import numpy as np

    from plumbline.video import FilmWriter

    with FilmWriter(path, 320, 240, 30) as film:
        for k in range(40):
            film.write(np.full((240, 320, 3), 120, np.uint8), k / 30)
