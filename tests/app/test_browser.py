"""The coach's and the trainer's way through the app, in a real browser on real H.264."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from itertools import islice
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import av
from playwright.sync_api import Page, expect

from plumbline.video import probe, read_frames
from tests.app.conftest import PATIENCE_MS, Launch, Server, choose, empty_room, settled, upload, wait_for_results
from tests.hostile import kinds

# An empty box at the end of a film: another file for every test, so that nothing of it is known.
UNSEEN = b"\x00\x00\x00\x0cfree"


def hop_film(path: Path, samples: Path, mark: bytes = b"hops") -> dict:
    """A film with planted faults that nobody has seen before, and its truth."""
    path.write_bytes((samples / "pogo_faults.mp4").read_bytes() + UNSEEN + mark)
    return json.loads((samples / "pogo_faults.truth.json").read_text())


def test_a_camcorders_film_with_a_name_of_all_signs(page: Page, samples: Path, tmp_path: Path) -> None:
    """Interlaced, `.mts`, with a name that Markdown would take for its own signs."""
    whole = [f.image for f in islice(read_frames(probe(samples / "pogo.mp4"), order="rgb"), 170)]
    frames = (kinds.woven(*pair) for pair in zip(whole[::2], whole[1::2], strict=False))
    noted = kinds.flagged("tff", *whole[0].shape[1::-1])
    film = tmp_path / "王 Ås _x_ [b] =1+1.mts"
    kinds.write(film, frames, 30, options={"flags": "+ilme+ildct"}, through=noted)
    upload(page, film)
    wait_for_results(page)
    expect(page.get_by_role("heading", name="王 Ås _x_ [b] =1+1.mts", exact=True)).to_be_visible()
    page.get_by_text("The film is interlaced").first.wait_for(state="attached")
    assert page.locator("tr[data-rep]").count() >= 1


def test_upload_to_download(page: Page, samples: Path, tmp_path: Path) -> None:
    truth = hop_film(tmp_path / "hops.mp4", samples)
    upload(page, tmp_path / "hops.mp4")
    wait_for_results(page)
    rows = page.locator("tr[data-rep]")
    expect(rows).to_have_count(len(truth["reps"]))
    for true, row in zip(truth["reps"], rows.all(), strict=True):
        assert ("! " in row.inner_text()) is bool(true["planted"])

    # The film plays.
    page.evaluate("document.querySelector('video').play()")
    page.wait_for_function("document.querySelector('video').currentTime > 0.3")
    page.evaluate("document.querySelector('video').pause()")

    # A rep is picked by keyboard: the film jumps to it and its still appears.
    rows.nth(2).get_by_role("button", name="Show rep 3").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Rep 3").wait_for()
    touchdown = truth["reps"][2]["touchdown_s"]
    page.wait_for_function(f"Math.abs(document.querySelector('video').currentTime - {touchdown}) < 0.4")

    # An event moved by a frame changes the number at once.
    before = rows.nth(2).locator('[data-head="Contact, ms"]').inner_text()
    page.get_by_role("tab", name="Corrections").click()
    page.get_by_text("Rep 3: is an event in the wrong frame?").wait_for()
    page.get_by_role("radio", name="Toe-off").click()
    page.get_by_text("Toe-off at").wait_for()
    page.get_by_role("button", name="1 frame later").click()
    expect(rows.nth(2).locator('[data-head="Contact, ms"]')).not_to_have_text(before)
    after = rows.nth(2).locator('[data-head="Contact, ms"]').inner_text()
    moved = float(after.split("±")[0]) - float(before.split("±")[0])
    assert 15 <= moved <= 18
    assert "edited" in rows.nth(2).inner_text()

    # A reload keeps it; then everything is taken away in one zip with a film that plays.
    page.reload()
    wait_for_results(page)
    expect(page.get_by_role("tab", name="Corrections")).to_have_attribute("aria-selected", "true")
    assert rows.nth(2).locator('[data-head="Contact, ms"]').inner_text() == after
    page.get_by_role("tab", name="Export and save").click()
    page.get_by_text("Prepare the files").click()
    with page.expect_download() as got:
        page.get_by_role("button", name=re.compile("Everything in one zip$")).click()
    bundle = tmp_path / "all.zip"
    got.value.save_as(bundle)
    with zipfile.ZipFile(bundle) as files:
        names = files.namelist()
        film = next(n for n in names if n.endswith(".mp4"))
        files.extract(film, tmp_path)
        report = json.loads(files.read("data/everything.json"))
        assert files.read("report.pdf").startswith(b"%PDF")
    assert {"report.html", "one row per rep.csv", "data/one row per frame.csv", "stills/rep 01.jpg"} <= set(names)
    assert report["reps"][2]["source"] == "edited"
    with av.open(str(tmp_path / film)) as container:
        assert sum(1 for _ in container.decode(video=0)) > 100


def test_nothing_is_asked_of_any_other_machine(launch: Launch, server: Server) -> None:
    tab = launch().new_page()
    hosts: set[str] = set()
    tab.on("request", lambda r: hosts.add(urlsplit(r.url).hostname or r.url.split(":")[0]))
    for name in ("", "live", "compare", "several", "limits", "guide", "athletes", "plan", "log", "tests", "progress"):
        tab.goto(f"{server.url}/{name}")
        tab.get_by_role("heading").first.wait_for(timeout=60_000)
        settled(tab)
    assert hosts <= {"127.0.0.1", "data", "blob"}


def test_refusals_are_one_clear_line_and_the_app_lives_on(page: Page, tmp_path: Path) -> None:
    (tmp_path / "notes.mp4").write_text("this is no film\n" * 100)
    upload(page, tmp_path / "notes.mp4")
    alert = page.get_by_test_id("stAlert")
    expect(alert).to_contain_text("notes.mp4")
    words = alert.inner_text()
    assert "Traceback" not in words
    assert "/" not in words.replace("notes.mp4", "")
    page.get_by_role("button", name="Choose another clip").click()

    empty_room(tmp_path / "room.mp4")
    upload(page, tmp_path / "room.mp4")
    expect(page.get_by_text("No person was found: film one athlete")).to_be_visible()
    page.get_by_role("button", name="New clip").click()
    page.get_by_role("button", name="Try the sample clip").click()
    wait_for_results(page)
    expect(page.locator("tr[data-rep]")).to_have_count(8)


def test_a_film_over_the_size_limit_is_refused_and_films_go_when_the_server_stops(
    launch: Launch, own_cache: None, tmp_path: Path
) -> None:
    small = Server(tmp_path, "--server.maxUploadSize", "1")
    left_behind = small.cache / "app" / "999999999"
    left_behind.mkdir(parents=True)
    try:
        tab = launch().new_page()
        tab.goto(small.url)
        (tmp_path / "large.mp4").write_bytes(b"\0" * 2_000_000)
        tab.get_by_text("Try the sample clip").wait_for(timeout=60_000)
        upload(tab, tmp_path / "large.mp4")
        expect(tab.get_by_text(re.compile("must be 1"))).to_be_visible(timeout=20_000)
        choose(tab, "Or another sample", "Quiet standing")
        tab.get_by_role("tab", name="Numbers").wait_for(timeout=120_000)
        assert not left_behind.exists()
        assert list(small.cache.glob("app/**/*.mp4"))
        tab.close()  # a film that is half loaded would keep the server waiting
    finally:
        small.stop()
    assert list(small.cache.glob("app/*")) == []


def test_two_browsers_do_not_see_each_other(launch: Launch, server: Server, samples: Path, tmp_path: Path) -> None:
    browser = launch()
    one, two = (browser.new_context().new_page() for _ in range(2))
    for tab in (one, two):
        tab.set_default_timeout(PATIENCE_MS)
        tab.goto(server.url)
    shutil.copyfile(samples / "pogo_faults.mp4", tmp_path / "mine.mp4")
    upload(one, tmp_path / "mine.mp4")
    two.get_by_role("button", name="Try the sample clip").click()
    wait_for_results(one)
    wait_for_results(two)
    expect(one.locator("tr[data-rep]")).to_have_count(8)
    expect(two.locator("tr[data-rep]")).to_have_count(8)
    assert one.get_by_text("pogo_faults").count() == 0
    assert two.get_by_text("mine.mp4").count() == 0
    two.goto(f"{server.url}/compare")
    two.get_by_role("heading", name="Compare").wait_for()
    assert two.get_by_text("mine.mp4").count() == 0


def test_cancel(page: Page) -> None:
    choose(page, "Or another sample", "Travelling hops")
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_text("stopped")).to_be_visible()


def test_script_tags_in_a_name_stay_words(page: Page, samples: Path, tmp_path: Path) -> None:
    name = "<img src=x onerror=alert(1)>.mp4"
    (tmp_path / name).write_bytes((samples / "standing.mp4").read_bytes())
    seen: list[str] = []
    page.on("dialog", lambda d: (seen.append(d.message), d.dismiss()))
    upload(page, tmp_path / name)
    page.get_by_role("tab", name="Numbers").wait_for(timeout=120_000)
    assert seen == []
    assert page.locator('img[src="x"]').count() == 0


def test_two_clips_are_compared(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/compare")
    for slot in range(2):
        choose(page, "Or", "Pogo hops with planted" if slot == 0 else "Travelling")
        expect(page.get_by_role("combobox", name="Or")).to_have_count(1 - slot)
    page.get_by_role("button", name="Play both").wait_for(timeout=180_000)
    expect(page.locator("video")).to_have_count(2)
    page.get_by_role("button", name="Play both").click()
    page.wait_for_function("[...document.querySelectorAll('video')].every(v => v.currentTime > 0)")
    expect(page.get_by_role("heading", name="What has changed")).to_be_visible()


def test_several_clips_at_once(page: Page, launch: Launch, server: Server, samples: Path, tmp_path: Path) -> None:
    page.goto(f"{server.url}/several")
    (tmp_path / "broken.mp4").write_bytes(b"nothing")
    page.get_by_text("No clips yet").wait_for()
    upload(page, samples / "standing.mp4", tmp_path / "broken.mp4", samples / "squats.mp4")
    expect(page.get_by_role("link", name="Open")).to_have_count(2, timeout=180_000)
    expect(page.get_by_test_id("stAlert")).to_contain_text("broken.mp4")
    single = launch().new_page()
    single.goto(urljoin(page.url, page.get_by_role("link", name="Open").last.get_attribute("href")))
    expect(single.locator("tr[data-rep]")).to_have_count(2)
    single.close()
    page.get_by_role("button", name=re.compile("results into one zip")).click(timeout=180_000)
    with page.expect_download() as got:
        page.get_by_role("button", name="Download the zip").click()
    got.value.save_as(tmp_path / "clips.zip")
    with zipfile.ZipFile(tmp_path / "clips.zip") as files:
        folders = {name.partition("/")[0] for name in files.namelist()}
        assert folders == {"01 standing", "02 squats"}
        assert {"01 standing/report.pdf", "02 squats/film.mp4"} <= set(files.namelist())
