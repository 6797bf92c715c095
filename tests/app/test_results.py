"""One clip's page, state by state: player, findings, corrections, clips without reps, films from a phone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect
from playwright.sync_api import Error as PlaywrightError

from plumbline.video import FilmWriter, probe, read_frames
from tests.app.conftest import (
    PATIENCE_MS,
    PHONE,
    WIDE,
    Launch,
    Server,
    choose,
    empty_room,
    settled,
    upload,
    wait_for_results,
)

FPS = 60


@pytest.fixture(autouse=True)
def tabs(browser: Browser) -> Iterator[None]:
    """Tabs that a test opened are closed: a browser has six connections to a server, and each film holds one."""
    before = list(browser.contexts)
    yield
    for context in browser.contexts:
        if context not in before:
            context.close()


@pytest.fixture(scope="module")
def results(browser: Browser, server: Server) -> Iterator[Page]:
    """The sample clip, measured once for all tests of this file."""
    tab = opened(browser, server.url)
    tab.get_by_role("button", name="Try the sample clip").click()
    wait_for_results(tab)
    yield tab
    tab.close()


@pytest.fixture
def measured(results: Page) -> str:
    """Its address."""
    return results.url


def opened(browser: Browser, url: str, size: dict[str, int] = WIDE) -> Page:
    tab = browser.new_page(viewport=size)  # type: ignore[arg-type]
    tab.set_default_timeout(PATIENCE_MS)
    tab.goto(url)
    return tab


def at_frame(page: Page) -> int:
    shown = page.locator(".player output")
    expect(shown).to_contain_text("frame")
    words = shown.inner_text()
    return int(re.search(r"frame (\d+) of", words)[1])  # type: ignore[index]


def frame_is(page: Page, frame: int) -> None:
    expect(page.locator(".player output")).to_contain_text(f"frame {frame} of")


def test_frames_are_stepped_by_keys_and_buttons(results: Page) -> None:
    start = at_frame(results)
    results.keyboard.press("ArrowRight")
    frame_is(results, start + 1)
    results.keyboard.press("Shift+ArrowRight")
    frame_is(results, start + 11)
    results.keyboard.press("ArrowLeft")
    frame_is(results, start + 10)
    results.get_by_role("button", name="Back 10 frames").click()
    frame_is(results, start)


def test_a_key_steps_one_frame_however_often_the_page_ran(results: Page) -> None:
    for rep in (4, 2, 5):
        results.get_by_role("button", name=re.compile(f"^Rep {rep}:")).click()
        expect(results.get_by_role("heading", name=f"Rep {rep}")).to_be_visible()
    settled(results)
    start = at_frame(results)
    results.keyboard.press("ArrowRight")
    frame_is(results, start + 1)
    results.keyboard.press("Shift+ArrowLeft")
    frame_is(results, start - 9)


def test_events_speed_and_loop(results: Page) -> None:
    results.get_by_role("button", name=re.compile("^Rep 7:")).click()
    expect(results.get_by_role("heading", name="Rep 7")).to_be_visible()
    results.keyboard.press("t")
    touchdown = at_frame(results)
    results.keyboard.press("o")
    expect(results.locator(".player output")).not_to_contain_text(f"frame {touchdown} of")
    # Rep 7 is one with a long contact: 340 ms, as it was planted.
    assert (at_frame(results) - touchdown) / FPS == pytest.approx(0.34, abs=2.1 / FPS)
    results.get_by_role("button", name="One eighth speed").click()
    results.get_by_role("button", name="Loop rep").click()
    assert results.evaluate("document.querySelector('video').playbackRate") == 0.125
    results.get_by_role("button", name="1×", exact=True).click()
    seen = set()
    for _ in range(12):
        seen.add(round(results.evaluate("document.querySelector('video').currentTime"), 1))
        results.wait_for_timeout(250)
    end = (touchdown - 1) / FPS + 1.0
    assert max(seen) <= end + 0.5
    assert len(seen) > 2
    results.get_by_role("button", name="Pause").click()


def test_recent_clips_outlive_a_reload(browser: Browser, server: Server, results: Page) -> None:
    tab = opened(browser, server.url)
    said = re.compile(r"^pogo_faults\.mp4 · Pogo hops on the spot · 8 reps · \d+:\d\d\s[AP]M$")
    tab.get_by_role("button", name=said).first.click()
    wait_for_results(tab)
    tab.close()


def test_hints_on_the_sample_go_when_read(browser: Browser, server: Server, results: Page) -> None:
    expect(results.get_by_text("film and still go there")).to_be_visible()
    results.keyboard.press("Shift+ArrowRight")
    results.wait_for_timeout(500)
    frame = at_frame(results)
    results.get_by_role("button", name="Got it").click()
    expect(results.get_by_text("film and still go there")).to_have_count(0)
    results.wait_for_timeout(1000)
    frame_is(results, frame)  # the film stays where it was


def test_an_angle_is_measured_on_a_still(results: Page) -> None:
    results.get_by_text("Measure an angle").click()
    said = results.locator(".angle output")
    expect(said).to_contain_text("180 ±")
    # Three points one above the other; the first moved to the right until it lies level with the corner's side:
    # a quarter of the picture's height up, so that as far to the right is 45 degrees off the vertical.
    first = results.get_by_role("button", name=re.compile("^First end"))
    results.locator(".board").scroll_into_view_if_needed()
    board = results.locator(".board").bounding_box()
    assert board is not None
    rise = 0.25 * board["height"]
    box = first.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    results.mouse.move(x, y)
    results.mouse.down()
    results.mouse.move(x + rise, y, steps=5)
    results.mouse.up()
    expect(said).to_contain_text("135 ±")
    expect(said).to_contain_text("sides 45° and 0° off")
    first.focus()
    results.keyboard.press("Shift+ArrowRight")
    expect(said).not_to_contain_text("135 ±")
    results.get_by_text("Measure an angle").click()


def test_the_film_is_as_long_as_the_clip(results: Page) -> None:
    slider = results.get_by_role("slider", name="Time in the film")
    expect(slider).to_have_attribute("max", re.compile(r"^6\.(3[5-9]|4)"))
    slider.focus()
    results.keyboard.press("End")
    frame_is(results, 384)
    assert results.locator("video").first.evaluate("v => v.controls") is False


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_a_rep_picked_below_brings_the_film_into_view(browser: Browser, measured: str, size: dict[str, int]) -> None:
    tab = opened(browser, measured, size)
    wait_for_results(tab)
    row = tab.locator('tr[data-rep="6"]').get_by_role("button")
    row.scroll_into_view_if_needed()
    row.click()
    expect(tab.get_by_role("heading", name="Rep 6")).to_be_visible()
    tab.wait_for_function(
        "() => { const r = document.querySelector('video').getBoundingClientRect();"
        " return r.top >= 0 && r.bottom <= window.innerHeight; }"
    )
    tab.close()


def test_what_matters_most_comes_first_and_the_rest_is_folded(results: Page) -> None:
    cues = results.locator(".cues ol").first.get_by_role("listitem")
    expect(cues).to_have_count(2)
    expect(results.get_by_text("1 more:")).to_be_visible()
    results.get_by_role("button", name="Show rep 6").first.click()
    expect(results.get_by_role("heading", name="Rep 6")).to_be_visible()


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_every_findings_number_is_in_the_table_and_in_reach(
    browser: Browser, measured: str, size: dict[str, int]
) -> None:
    tab = opened(browser, measured, size)
    wait_for_results(tab)
    row = tab.locator('tr[data-rep="7"]')
    settled(tab)
    row.get_by_role("button").click()  # on a phone the other reps are folded to what is wrong in them
    expect(row).to_have_attribute("aria-current", "true")
    settled(tab)
    for head in (
        "Contact, ms",
        "Knee travel, °",
        "Time to deepest knee, ms",
        "Line, %BH",
        "Head, %BH",
        "Trunk lean, °",
    ):
        cell = row.locator(f'[data-head="{head}"]')
        cell.scroll_into_view_if_needed()
        box = cell.bounding_box()
        assert box is not None, head
        assert box["x"] >= 0, head
        assert box["x"] + box["width"] <= size["width"], head
    assert row.locator('[data-head="Contact, ms"]').get_attribute("class") == "fault"
    assert tab.evaluate("document.documentElement.scrollWidth") <= size["width"]
    tab.close()


def corrections(page: Page) -> None:
    page.get_by_role("tab", name="Corrections").click()
    page.get_by_text("is an event in the wrong frame?").wait_for()
    settled(page)


def row_of(page: Page, rep: int) -> Locator:
    return page.locator(f'tr[data-rep="{rep}"]')


def test_corrections_show_the_frame_mark_one_rep_and_are_undone_one_by_one(
    browser: Browser, server: Server, samples: Path, tmp_path: Path
) -> None:
    tab = opened(browser, server.url)
    choose(tab, "Or another sample", "Pogo hops in good form")
    wait_for_results(tab)
    row_of(tab, 3).get_by_role("button").click()
    tab.get_by_role("heading", name="Rep 3").wait_for()
    corrections(tab)
    for words in ("Frame before,", "This frame,", "Frame after,"):
        expect(tab.get_by_text(words)).to_be_visible()
    expect(tab.get_by_role("button", name="1 frame later")).to_be_visible()  # keys work as soon as their buttons stand
    settled(tab)
    before = row_of(tab, 3).locator('[data-head="Contact, ms"]').inner_text()
    frame = at_frame(tab)
    tab.keyboard.press("k")  # one frame later
    expect(row_of(tab, 3)).to_contain_text("edited")
    expect(row_of(tab, 3).locator('[data-head="Contact, ms"]')).not_to_have_text(before)
    expect(tab.get_by_text("edited")).to_have_count(1)
    assert at_frame(tab) == frame + 1  # the film stays at the rep, and goes with its touchdown
    for key, done in (("k", "2 frames"), ("j", "1 frame"), ("k", "2 frames"), ("j", "1 frame")):
        tab.keyboard.press(key)  # by one each time, however often the page ran
        expect(tab.get_by_role("button", name=f"Undo: rep 3, touchdown {done} later")).to_be_visible()
        settled(tab)
    tab.get_by_role("tab", name="Curves").click()
    tab.keyboard.press("k")  # of what is not seen nothing is moved
    tab.wait_for_timeout(1000)
    corrections(tab)
    expect(tab.get_by_role("button", name="Undo: rep 3, touchdown 1 frame later")).to_be_visible()
    expect(tab.get_by_text("The film still shows the state before")).to_have_count(0, timeout=PATIENCE_MS)
    tab.wait_for_timeout(1000)
    assert at_frame(tab) == frame + 1  # nor does the film that was drawn anew begin at its beginning
    tab.get_by_role("button", name="Delete rep 3").click()
    expect(row_of(tab, 3)).to_have_count(0)
    tab.get_by_role("button", name="Undo: rep 3 deleted").click()
    expect(row_of(tab, 3)).to_contain_text("edited")
    tab.get_by_role("button", name="Undo: rep 3, touchdown 1 frame later").click()
    expect(row_of(tab, 3).locator('[data-head="Contact, ms"]')).to_have_text(before)
    for _ in range(3):  # in quick succession: none is lost
        tab.get_by_role("button", name=re.compile("^1 frame later")).click()
    tab.get_by_role("button", name="Undo: rep 3, touchdown 3 frames later").click()
    expect(row_of(tab, 3).locator('[data-head="Contact, ms"]')).to_have_text(before)
    expect(tab.get_by_text("edited")).to_have_count(0)
    # A rep that was deleted is added by hand.
    row_of(tab, 4).get_by_role("button").click()
    tab.get_by_role("heading", name="Rep 4").wait_for()
    tab.get_by_text("Add a rep that was missed").click()
    tab.locator(".player input[type=range]").fill("4.5")  # the instant of its landing, from the film
    expect(tab.locator(".player output")).to_contain_text("4.500 s")
    tab.get_by_role("button", name="Landing: this frame").click()
    expect(tab.get_by_role("spinbutton", name="Landing, s")).to_have_value("4.500")
    tab.get_by_role("button", name="Add this rep").click()
    expect(row_of(tab, 5)).to_contain_text("added")
    tab.get_by_role("button", name="Undo: rep 5 added").click()
    expect(row_of(tab, 5)).to_have_count(0)
    tab.close()


def test_no_person_is_said_with_what_to_do(browser: Browser, server: Server, tmp_path: Path) -> None:
    empty_room(tmp_path / "room.mp4")
    tab = opened(browser, server.url)
    upload(tab, tmp_path / "room.mp4")
    expect(tab.get_by_role("heading", name="No person found")).to_be_visible()
    expect(tab.get_by_role("heading", name="Film it like this")).to_be_visible()
    assert tab.get_by_role("tab").count() == 0
    tab.get_by_role("button", name="Choose another clip").click()
    expect(tab.get_by_role("button", name="Try the sample clip")).to_be_visible()
    tab.close()


def stretched(source: Path, path: Path, times: float) -> None:
    """The same pictures, played so many times slower, as a phone keeps slow motion."""
    clip = probe(source)
    with FilmWriter(path, clip.width, clip.height, clip.container_fps / times) as film:
        for frame in read_frames(clip, order="yuv"):
            film.write(frame.image, frame.time_s * times)


def test_slow_motion_is_mended_by_one_button(browser: Browser, server: Server, samples: Path, tmp_path: Path) -> None:
    stretched(samples / "pogo_faults.mp4", tmp_path / "slow.mp4", 2)
    tab = opened(browser, server.url)
    upload(tab, tmp_path / "slow.mp4")
    expect(tab.get_by_role("heading", name="This looks like slow motion")).to_be_visible()
    tab.get_by_role("button", name=re.compile("^Use 6[01] frames per second")).click()
    wait_for_results(tab)
    expect(tab.locator("tr[data-rep]")).to_have_count(8)
    tab.close()


def test_a_drill_that_is_not_in_the_clip(browser: Browser, server: Server, samples: Path) -> None:
    tab = opened(browser, server.url)
    tab.get_by_text("Athlete and drill (optional").click()
    choose(tab, "Drill", "Pogo hops on the spot")
    upload(tab, samples / "standing.mp4")
    expect(tab.get_by_role("heading", name="No reps found")).to_be_visible()
    expect(tab.get_by_text(re.compile(r"^No pogo hops .* Seen: \d+ % of the time still\."))).to_be_visible()
    tab.get_by_role("button", name="Detect the drill automatically").click()
    expect(tab.locator("tr[data-rep]")).to_have_count(1)
    tab.close()


def side_by_side(left: Path, right: Path, path: Path) -> None:
    """Two films as one, to its shorter end."""
    clips = [probe(p) for p in (left, right)]
    high = min(c.height for c in clips)
    with FilmWriter(path, sum(c.width for c in clips), high, 30) as film:
        for a, b in zip(*(read_frames(c) for c in clips), strict=False):
            if a.index % 2 == 0 and a.time_s < 6:
                film.write(np.hstack([a.image[-high:], b.image[-high:]]), a.time_s)


def test_the_athlete_is_picked_in_the_picture(browser: Browser, server: Server, samples: Path, tmp_path: Path) -> None:
    side_by_side(samples / "standing.mp4", samples / "squats.mp4", tmp_path / "two.mp4")
    tab = opened(browser, server.url)
    upload(tab, tmp_path / "two.mp4")
    tab.get_by_role("tab", name="Athlete and drill").click(timeout=240_000)
    people = tab.locator(".people button")
    expect(people).to_have_count(2)
    settled(tab)
    before = tab.locator(".people button[aria-pressed='true']").inner_text()
    tab.locator(".people button[aria-pressed='false']").click()
    expect(tab.locator(".people button[aria-pressed='true']")).not_to_have_text(before)
    tab.close()


def test_a_film_comes_from_the_phone(
    browser: Browser, launch: Launch, server: Server, samples: Path, tmp_path: Path
) -> None:
    laptop = opened(browser, server.url)
    laptop.get_by_text("From the phone").click()
    laptop.get_by_text("Point the phone's camera").wait_for()
    assert laptop.get_by_role("img", name="QR code").evaluate("i => i.naturalWidth") > 0
    address = laptop.get_by_text(re.compile(r"^http://")).inner_text().strip()
    phone = opened(launch(), address, PHONE)
    assert Axe().run(phone).response["violations"] == []
    phone.locator("#pick").set_input_files(str(samples / "standing.mp4"))
    expect(phone.get_by_text("sent: it opens on the laptop")).to_be_visible()
    expect(laptop.locator("tr[data-rep]")).to_have_count(1, timeout=240_000)
    expect(laptop.get_by_role("heading", name="standing.mp4")).to_be_visible()
    # The address died with the page.
    phone.locator("#pick").set_input_files(str(samples / "squats.mp4"))
    expect(phone.get_by_text("no connection, trying again")).to_be_visible()
    # The clip is among the recent ones.
    laptop.get_by_role("button", name="New clip").click()
    laptop.get_by_role("button", name=re.compile(r"standing\.mp4 · .* · 1 rep · ")).first.click()
    expect(laptop.locator("tr[data-rep]")).to_have_count(1)
    laptop.close()


def test_the_film_goes_to_the_phone(browser: Browser, launch: Launch, measured: str) -> None:
    laptop = opened(browser, measured)
    laptop.get_by_role("tab", name="Export").click()
    laptop.get_by_text("To the phone").click(timeout=240_000)  # as soon as the film is drawn
    laptop.get_by_text("Point the phone's camera").wait_for()
    address = laptop.get_by_text(re.compile(r"^http://")).inner_text().strip()
    phone = opened(launch(), address, PHONE)
    expect(phone.get_by_role("heading", name="annotated")).to_be_visible()
    assert (
        phone.locator("video").evaluate(
            "v => new Promise(go => { v.onloadedmetadata = () => go(v.videoWidth); v.load() })"
        )
        > 0
    )
    assert Axe().run(phone).response["violations"] == []
    with phone.expect_download() as saved:
        phone.get_by_role("link", name="Save on this phone").click()
    assert Path(saved.value.path()).stat().st_size > 100_000
    laptop.get_by_text("To the phone").click()
    expect(laptop.get_by_text("Point the phone's camera")).to_have_count(0)
    with pytest.raises(PlaywrightError, match="ECONNREFUSED"):
        phone.request.get(address)
