"""A club's server: coaches sign in, and each sees only his own athletes, clips and limits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.app.conftest import PATIENCE_MS, Launch, Server
from tests.app.provider import Provider

FIRST = {"sub": "1", "email": "first@club.example", "email_verified": True}
SECOND = {"sub": "2", "email": "second@club.example", "email_verified": True}
STRANGER = {"sub": "3", "email": "someone@elsewhere.example", "email_verified": True}
UNPROVEN = {"sub": "4", "email": "first@club.example", "email_verified": False}


@pytest.fixture(scope="module")
def club(own_cache: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Provider]]:
    folder = tmp_path_factory.mktemp("club")
    secrets = folder / "secrets.toml"
    with Provider() as provider:
        listed = {"PLUMBLINE_COACHES": "First@club.example, second@club.example"}
        server = Server(
            folder,
            "--secrets.files",
            str(secrets),
            environment=listed,
            before=lambda s: secrets.write_text(provider.secrets(s.url)),
        )
        yield server, provider
        server.stop()


def enter(launch: Launch, club: tuple[Server, Provider], account: dict) -> Page:
    """A browser of its own, signed in as somebody."""
    server, provider = club
    provider.account = account
    page = launch().new_page(viewport={"width": 1280, "height": 1000})
    page.set_default_timeout(PATIENCE_MS)
    page.goto(server.url)
    expect(page.get_by_text("Sign in to see your athletes")).to_be_visible()
    assert page.get_by_text("Try the sample clip").count() == 0, "a page before signing in"
    page.get_by_role("button", name="Sign in").click()
    return page


def test_coaches_do_not_see_each_other(launch: Launch, club: tuple[Server, Provider]) -> None:
    server, _ = club
    first = enter(launch, club, FIRST)
    first.get_by_role("button", name="Try the sample clip").click()
    first.get_by_text("What to work on").wait_for(timeout=120_000)
    clip = first.url
    assert "clip=" in clip
    first.goto(f"{server.url}/log")
    first.get_by_label("Name").fill("Ann")
    first.get_by_role("button", name="Add", exact=True).click()
    expect(first.get_by_text("No session yet")).to_be_visible()

    second = enter(launch, club, SECOND)
    expect(second.get_by_role("button", name="Try the sample clip")).to_be_visible()
    second.goto(clip)
    expect(second.get_by_text("That clip has been removed")).to_be_visible()
    second.goto(f"{server.url}/log")
    expect(second.get_by_text("Nobody is in the log yet")).to_be_visible()
    second.get_by_label("Name").fill("Ann")
    second.get_by_role("button", name="Add", exact=True).click()
    expect(second.get_by_text("No session yet")).to_be_visible()

    first.goto(clip)
    expect(first.get_by_text("What to work on")).to_be_visible()
    logs = sorted((server.folder / "coaches").glob("*/log.sqlite"))
    assert len(logs) == 2
    assert not (server.folder / "log.sqlite").exists(), "the common log was opened"


@pytest.mark.parametrize("secrets", ["", "[auth\nclient_id ="])
def test_a_slip_in_the_secrets_does_not_open_the_doors(
    launch: Launch, own_cache: None, tmp_path: Path, secrets: str
) -> None:
    file = tmp_path / "secrets.toml"
    if secrets:
        file.write_text(secrets)
    server = Server(tmp_path, "--secrets.files", str(file))
    page = launch().new_page()
    page.goto(server.url)
    expect(page.get_by_text("Signing in is set up on this server")).to_be_visible()
    assert page.get_by_text("Try the sample clip").count() == 0
    server.stop()


def test_signing_out_ends_it(launch: Launch, club: tuple[Server, Provider]) -> None:
    page = enter(launch, club, FIRST)
    expect(page.get_by_text("Signed in as first@club.example")).to_be_attached()
    opener = page.get_by_test_id("stExpandSidebarButton")
    if opener.is_visible():
        opener.click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("Sign in to see your athletes")).to_be_visible()


@pytest.mark.parametrize("account", [STRANGER, UNPROVEN])
def test_only_the_listed_come_in(launch: Launch, club: tuple[Server, Provider], account: dict) -> None:
    page = enter(launch, club, account)
    expect(page.get_by_text("not on this server's list of coaches")).to_be_visible()
    assert page.get_by_text("Try the sample clip").count() == 0
