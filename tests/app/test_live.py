"""The athlete before a webcam: a sample clip as Chromium's camera, through WebRTC and back."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import psutil
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.app.conftest import PATIENCE_MS, Launch, Server, settled

pytestmark = pytest.mark.quiet

SIZE = (640, 480)
STAND_S = 8.0
ROUNDS, SQUATS = 3, 2  # of the film in a round of the camera's, and in the film
# A server's first session waits until model and libraries are loaded, and for a second of standing still.
LOADING_MS = 240_000


def reachable_address() -> bool:
    """WebRTC needs an address that is not the loopback."""
    addresses = [a for given in psutil.net_if_addrs().values() for a in given]
    return any(a.family == socket.AF_INET and not a.address.startswith("127.") for a in addresses)


@pytest.fixture(scope="module")
def camera(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A webcam's film: the athlete stands long enough for the countdown, then squats.

    A squat takes two seconds: a machine that others keep busy, and that drops most frames, counts it still.
    """
    out = tmp_path_factory.mktemp("camera") / "camera.mjpeg"
    with av.open(str(samples / "squats.mp4")) as source:
        squatting = [_wide(frame.to_ndarray(format="rgb24")) for frame in source.decode(video=0)]
    with av.open(str(out), "w", format="mjpeg") as sink:
        stream = sink.add_stream("mjpeg", rate=30)
        stream.width, stream.height, stream.pix_fmt = *SIZE, "yuvj420p"
        stream.options = {"qscale": "3"}
        for k, image in enumerate([squatting[0]] * round(30 * STAND_S) + squatting * ROUNDS):
            picture = av.VideoFrame.from_ndarray(image, format="rgb24").reformat(format="yuvj420p")
            picture.pts, picture.time_base = k, Fraction(1, 30)
            sink.mux(stream.encode(picture))
        sink.mux(stream.encode())
    return out


def _wide(image: np.ndarray) -> np.ndarray:
    """An upright picture in the middle of a webcam's, its edges drawn out."""
    width, height = SIZE
    small = np.asarray(Image.fromarray(image).resize((image.shape[1] * height // image.shape[0], height)))
    left = (width - small.shape[1]) // 2
    return np.pad(small, ((0, 0), (left, width - small.shape[1] - left), (0, 0)), mode="edge")


@pytest.fixture
def webcam(launch: Launch, camera: Path) -> Browser:
    if not reachable_address():
        pytest.skip("WebRTC needs a network address besides the loopback, and this machine has none")
    return launch(
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={camera}",
    )


@pytest.fixture(scope="module", autouse=True)
def warm(browser: Browser, server: Server) -> None:
    """Model and libraries are loaded: on a busy machine that may take longer than WebRTC waits for a sign of life."""
    tab = browser.new_page()
    tab.goto(server.url)
    tab.get_by_role("button", name="Try the sample clip").click(timeout=PATIENCE_MS)
    tab.get_by_text("What to work on").wait_for(timeout=LOADING_MS)
    tab.context.close()


def started(browser: Browser, server: Server, drill: str = "", keep: bool = False) -> Page:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.set_default_timeout(PATIENCE_MS)
    page.goto(f"{server.url}/live")
    page.get_by_text("Start the camera, then").wait_for()
    if drill:
        page.get_by_role("combobox", name="Drill").fill(drill)
        page.get_by_role("option", name=drill, exact=True).click()
        settled(page)
    if keep:
        page.get_by_text("Camera, sound, replay, film").click()
        page.get_by_text("Save the film of each set").click()
        page.wait_for_timeout(800)
    page.get_by_role("button", name="Start camera").click()
    return page


@pytest.fixture
def strict(server: Server) -> Iterator[None]:
    """The athlete leans by 49 degrees in the squats; this coach allows 30."""
    server.limits.write_text("[faults.trunk_lean_squat]\nabove = 30\n")
    yield
    server.limits.unlink()


def test_reps_are_counted_and_a_fault_announced(webcam: Browser, server: Server, strict: None) -> None:
    page = started(webcam, server, "Squat", keep=True)
    count = page.get_by_test_id("count")
    count.wait_for(timeout=LOADING_MS)
    # Frames come back with the figure: its line is of a blue that the film does not have.
    stream = page.frame_locator('iframe[title*="webrtc"]')
    # Chromium shows the film again and again.
    expect(page.locator(".big").get_by_text("Trunk leans")).to_be_visible()
    blue = stream.locator("video").evaluate(
        """v => {
            const c = document.createElement('canvas'); c.width = v.videoWidth; c.height = v.videoHeight;
            const x = c.getContext('2d'); x.drawImage(v, 0, 0);
            const d = x.getImageData(0, 0, c.width, c.height).data; let n = 0;
            for (let i = 0; i < d.length; i += 4)
                n += Math.abs(d[i] - 255) + Math.abs(d[i + 1] - 255) + Math.abs(d[i + 2] - 255) < 40;
            return n;
        }"""
    )
    assert blue > 200
    # Where Chromium begins the film is its own choice; that each rep is counted once is tested in tests/live.
    enough = re.compile(rf"^\s*({'|'.join(str(k) for k in range(ROUNDS, 10 * ROUNDS * SQUATS))})\s*$")
    expect(count).to_have_text(enough)
    # Everything said stands in a log for whoever cannot hear it: each rep once, in order.
    said = page.locator(".said li[data-outcome=ok], .said li[data-outcome=fault]").all_inner_texts()
    numbers = [int(re.match(r"\d+", words)[0]) for words in said]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    page.get_by_role("button", name="Stop and see results").click()
    # The summary opens like the coach's page, with the film.
    page.get_by_text("What to work on").wait_for(timeout=90_000)
    rows = page.locator("tr[data-rep]")
    rows.first.wait_for(timeout=90_000)
    assert rows.count() >= SQUATS
    page.locator("video").first.wait_for(timeout=90_000)


def test_stopping_early_is_said_and_leaves_nothing_behind(webcam: Browser, server: Server) -> None:
    page = started(webcam, server)
    page.get_by_text("Speed of the picture").wait_for(timeout=LOADING_MS)
    page.get_by_role("button", name="Stop and see results").click()
    expect(
        page.get_by_text("Start the camera, then")
        .or_(page.get_by_text("What to work on"))
        .or_(page.get_by_text("New clip"))
        .first
    ).to_be_visible()


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ([], "No camera found|The browser may not use the camera"),
        (["--use-fake-device-for-media-stream", "--deny-permission-prompts"], "The browser may not use the camera"),
    ],
    ids=["no camera", "refused"],
)
def test_a_camera_that_cannot_be_had_is_one_sentence(
    launch: Launch, server: Server, options: list, sentence: str
) -> None:
    page = started(launch(*options), server)
    expect(page.get_by_role("alert").filter(has_text=re.compile(sentence))).to_be_visible()
    expect(page.get_by_role("button", name="Start camera")).to_be_enabled()
