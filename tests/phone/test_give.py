"""A film over the network to a phone's browser."""

from __future__ import annotations

import http.client
import os
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from plumbline.phone import Giver

FILM = os.urandom(300_000)


def asked(giver: Giver, path: str, method: str = "GET", **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
    base = urlsplit(giver.address)
    line = http.client.HTTPConnection(base.hostname or "", base.port, timeout=20)
    line.request(method, path if path.startswith("/") else base.path + path, headers=headers)
    answer = line.getresponse()
    body = answer.read()
    line.close()
    return answer, body


@pytest.fixture
def giver(tmp_path: Path) -> Iterator[Giver]:
    film = tmp_path / "annotated.mp4"
    film.write_bytes(FILM)
    running = Giver(film, "Åse <1>.mp4", "127.0.0.1")
    yield running
    running.close()


def test_the_page_shows_the_film_and_saves_it_under_its_name(giver: Giver) -> None:
    answer, page = asked(giver, "")
    assert answer.status == 200
    assert "<h1>Åse &lt;1&gt;</h1>" in page.decode()
    answer, body = asked(giver, "save")
    assert body == FILM
    assert answer.headers["Content-Disposition"] == "attachment; filename*=utf-8''%C3%85se%20%3C1%3E.mp4"
    assert answer.headers["Content-Type"] == "video/mp4"
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_player_gets_the_part_it_asks_for(giver: Giver) -> None:
    answer, body = asked(giver, "film.mp4", Range="bytes=1000-1999")
    assert (answer.status, answer.headers["Content-Range"]) == (206, "bytes 1000-1999/300000")
    assert body == FILM[1000:2000]


def test_nothing_else_is_served(giver: Giver) -> None:
    secret = urlsplit(giver.address).path.strip("/")
    for path in ("/", "/film.mp4", f"/{secret}/../annotated.mp4", f"/{secret}/annotated.mp4", f"/{secret[:-1]}/save"):
        assert asked(giver, path)[0].status == 404, path
    assert asked(giver, "save", "POST")[0].status == 405


def test_when_its_time_is_over_a_film_on_its_way_may_end_and_no_other_begins(giver: Giver) -> None:
    asked(giver, "film.mp4", Range="bytes=0-9")
    giver.ends_at = time.monotonic()
    assert asked(giver, "film.mp4", Range="bytes=10-19")[1] == FILM[10:20]
    assert asked(giver, "")[0].status == 400
    # Neither the whole film, nor a part of it for a phone that did not come in time.
    assert asked(giver, "save")[0].status == asked(giver, "film.mp4")[0].status == 400
    giver._phones.clear()
    assert asked(giver, "film.mp4", Range="bytes=10-19")[0].status == 400


def test_closed_it_answers_nobody_and_the_film_stays(giver: Giver) -> None:
    giver.close()
    until = time.monotonic() + 30
    with pytest.raises(OSError):
        while time.monotonic() < until:
            asked(giver, "")
            time.sleep(0.1)
    assert giver.film.read_bytes() == FILM
