"""Every page and state before a Norwegian browser: all of it Norwegian, and to be used by everybody.

Looked at on a phone in daylight and on a laptop in the dark; one walk does both, since pages take long to come.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.app import logged
from tests.app.conftest import PATIENCE_MS, PHONE, WIDE, Server, choose, settled

# Words of English sentences that no Norwegian one has; names of drills and of files are other languages' too.
ENGLISH = re.compile(
    r"\b(the|is|are|of|and|with|this|that|not|from|no|your|you|yet|choose|add|save|day|week|by|it|has)\b",
    re.IGNORECASE,
)
PATH = re.compile(r"\S*/\S*")
# What is read, and what is heard or hinted at.
WORDS = """() => {
    const main = document.querySelector('[data-testid="stMain"]');
    const icons = [...main.querySelectorAll('[data-testid="stIconMaterial"]')].map(e => e.innerText.trim());
    const out = main.innerText.split('\\n').filter(s => !icons.includes(s.trim()));
    for (const e of document.querySelectorAll('[aria-label], [placeholder], [title], [alt]'))
        for (const name of ['aria-label', 'placeholder', 'title', 'alt'])
            if (e.checkVisibility() && e.getAttribute(name)) out.push(e.getAttribute(name));
    return [...new Set(out.map(s => s.trim()).filter(s => s))];
}"""
# Colours are the theme's and places the width's: no pair of them has faults of its own.
LOOKS = ((PHONE, "light", (255, 255, 255)), (WIDE, "dark", (14, 17, 23)))


@pytest.fixture(scope="module")
def page(browser: Browser, server: Server) -> Iterator[Page]:
    logged.season(server.folder / "log.sqlite", date.today())
    tab = browser.new_page(locale="nb-NO", viewport=WIDE)
    tab.set_default_timeout(PATIENCE_MS)
    yield tab
    tab.context.close()


def opened(page: Page, server: Server, name: str, title: str) -> None:
    page.goto(f"{server.url}/{name}")
    page.get_by_role("heading", level=1, name=title).wait_for()
    settled(page)


def unfold(page: Page) -> None:
    """Open everything that can be opened, also in what was opened."""
    folded = page.get_by_test_id("stMain").locator("details:not([open]) > summary")
    for _ in range(10):
        if not folded.count():
            return
        folded.evaluate_all("all => all.forEach(e => e.click())")
        settled(page)
    raise AssertionError("something does not open")


def athlete(page: Page, name: str) -> None:
    choose(page, re.compile("Utøver"), name)
    settled(page)


def serious(page: Page) -> list[str]:
    """What keeps somebody from using the page."""
    found = Axe().run(page).response["violations"]
    return [
        f"{v['id']}: {n['target']} {n['failureSummary']}"
        for v in found
        if v["impact"] in ("serious", "critical")
        for n in v["nodes"]
    ]


def english(page: Page) -> list[str]:
    """Everything on the page that reads English."""
    return [words for words in page.evaluate(WORDS) if ENGLISH.search(PATH.sub("", words))]


def wrong(page: Page) -> list[str]:
    """Everything on the page that reads English, is wider than the screen, or shuts somebody out."""
    found = english(page)
    if found:  # what Streamlit says by itself is translated in the next picture
        page.wait_for_timeout(1000)
        found = english(page)
    if page.get_by_role("heading", level=1).count() != 1:
        found.append("not one h1")
    for size, theme, ground in LOOKS:
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        page.wait_for_function(
            "c => getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor === c",
            arg=f"rgb({', '.join(map(str, ground))})",
        )
        page.wait_for_timeout(300)  # colours fade in
        found += [f"{size['width']} px, {theme}: {words}" for words in serious(page)]
        if page.evaluate("document.documentElement.scrollWidth") > size["width"]:
            found.append(f"wider than {size['width']} px")
    return found


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("", "Plumbline"),
        ("live", "Direkte"),
        ("compare", "Sammenlign"),
        ("several", "Flere klipp"),
        ("limits", "Grenser"),
        ("guide", "Slik filmer du"),
    ],
)
def test_pages_without_an_athlete(page: Page, server: Server, name: str, title: str) -> None:
    opened(page, server, name, title)
    unfold(page)
    assert wrong(page) == []


@pytest.mark.parametrize("who", [logged.NEW, logged.ONE, logged.SEASON])
def test_pages_of_an_athlete(page: Page, server: Server, who: str) -> None:
    found = {}
    opened(page, server, "athletes", "Utøvere")
    if who == logged.NEW:
        unfold(page)
        found["roster"] = wrong(page)
    page.get_by_role("button", name=who).click()
    page.get_by_role("heading", level=1, name=who).wait_for()
    for name, title in (("", who), ("plan", "Plan"), ("log", "Logg"), ("progress", "Utvikling")):
        if name:
            opened(page, server, name, title)
            athlete(page, who)
        settled(page)
        unfold(page)
        toggle = page.get_by_text("Første klipp mot det siste")
        if toggle.count():
            toggle.click()
            expect(page.get_by_role("heading", name="Dette har endret seg")).to_be_visible()
            settled(page)
        found[name] = wrong(page)
    assert {name: words for name, words in found.items() if words} == {}


def test_every_guided_test_says_how_it_is_done(page: Page, server: Server) -> None:
    opened(page, server, "tests", "Tester")
    box = page.get_by_role("combobox", name="Test", exact=True)
    box.click()
    names = page.get_by_role("option").all_inner_texts()
    page.keyboard.press("Escape")
    assert len(names) > 3
    found = {}
    for name in names:
        choose(page, "Test", name, exact=True)
        settled(page)
        found[name] = wrong(page)
    assert {name: words for name, words in found.items() if words} == {}


def test_results_of_a_sample(page: Page, server: Server) -> None:
    opened(page, server, "", "Plumbline")
    page.get_by_role("button", name="Prøv med prøvefilmen").click()
    page.get_by_role("tab").first.wait_for(timeout=240_000)
    page.locator("video").first.wait_for(timeout=240_000)
    found = {}
    for tab in page.get_by_role("tab").all():
        tab.click()
        settled(page)
        found[tab.inner_text()] = wrong(page)
    assert len(found) > 4
    assert {name: words for name, words in found.items() if words} == {}
