"""Films over the network, as a phone's browser sends them."""

from __future__ import annotations

import http.client
import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from plumbline.errors import PlumblineError
from plumbline.phone import Inbox, Receiver
from plumbline.phone._door import OPEN_S
from plumbline.phone._inbox import Incoming

FILM = os.urandom(300_000)


class Phone:
    """What the page's script says to the laptop."""

    def __init__(self, receiver: Receiver) -> None:
        self.base = urlsplit(receiver.address)

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> http.client.HTTPResponse:
        line = http.client.HTTPConnection(self.base.hostname or "", self.base.port, timeout=20)
        named = {k.replace("_", "-"): v for k, v in headers.items()}
        line.request(method, path if path.startswith("/") else self.base.path + path, body, named)
        answer = line.getresponse()
        answer.words = answer.read().decode()  # type: ignore[attr-defined]
        line.close()
        return answer

    def begin(self, name: str = "hop.mp4", size: int = len(FILM)) -> http.client.HTTPResponse:
        return self.ask("POST", "films", Upload_Length=str(size), Upload_Name=name)

    def offset(self, film: str) -> int:
        return int(self.ask("HEAD", film).headers["Upload-Offset"])


@pytest.fixture
def came(tmp_path: Path) -> dict[str, Path]:
    return {}


@pytest.fixture
def receiver(tmp_path: Path, came: dict[str, Path]) -> Iterator[Receiver]:
    def take(name: str, path: Path) -> None:
        came[name] = path.replace(tmp_path / "taken.mp4")

    running = Receiver(Inbox(tmp_path / "in", ("mp4", "mov"), 1_000_000, lambda size: None, take), "127.0.0.1")
    yield running
    running.close()


def test_a_film_that_breaks_off_goes_on_where_it_stopped(receiver: Receiver, came: dict[str, Path]) -> None:
    phone = Phone(receiver)
    film = phone.begin().headers["Location"]
    line = http.client.HTTPConnection("127.0.0.1", phone.base.port, timeout=20)
    line.putrequest("PATCH", phone.base.path + film)
    line.putheader("Upload-Offset", "0")
    line.putheader("Content-Length", str(len(FILM)))
    line.endheaders()
    line.send(FILM[:100_000])
    until = time.monotonic() + 20
    while phone.offset(film) < 100_000 and time.monotonic() < until:
        time.sleep(0.05)
    line.close()
    assert phone.offset(film) == 100_000
    until = time.monotonic() + 20
    while (answer := phone.ask("PATCH", film, FILM[100_000:], Upload_Offset="100000")).status == 409:
        assert time.monotonic() < until
        time.sleep(0.05)
    assert (answer.status, answer.headers["Upload-Offset"]) == (204, "300000")
    assert came["hop.mp4"].read_bytes() == FILM


def test_a_piece_whose_phone_is_gone_gives_way_to_the_next(receiver: Receiver, came: dict[str, Path]) -> None:
    """A phone that sleeps or changes its network does not end the line."""
    phone = Phone(receiver)
    film = phone.begin().headers["Location"]
    gone = http.client.HTTPConnection("127.0.0.1", phone.base.port, timeout=20)
    gone.putrequest("PATCH", phone.base.path + film)
    gone.putheader("Upload-Offset", "0")
    gone.putheader("Content-Length", str(len(FILM)))
    gone.endheaders()
    gone.send(FILM[:1000])
    (incoming,) = receiver.inbox.films.values()
    until = time.monotonic() + 20
    while incoming.offset < 1000 and time.monotonic() < until:
        time.sleep(0.01)
    assert phone.ask("PATCH", film, FILM[1000:], Upload_Offset="1000").status == 409, "it may still come"
    incoming.moved_at -= 10
    assert phone.ask("PATCH", film, FILM[1000:], Upload_Offset="1000").status == 204
    gone.close()
    assert came["hop.mp4"].read_bytes() == FILM


def test_films_that_wait_for_their_turn_are_still_coming(receiver: Receiver) -> None:
    phone = Phone(receiver)
    first, second = (phone.begin(name).headers["Location"] for name in ("a.mp4", "b.mp4"))
    a, b = receiver.inbox.films.values()
    b.moved_at -= 600  # announced long ago, and its turn comes after the first
    receiver.ends_at = time.monotonic()
    assert phone.ask("PATCH", first, FILM, Upload_Offset="0").status == 204
    assert a.over and not b.over
    assert receiver.sending
    assert phone.ask("PATCH", second, FILM, Upload_Offset="0").status == 204
    assert not receiver.sending


def test_who_connects_and_asks_for_nothing_is_let_go(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("plumbline.phone._door.ASKS_WITHIN_S", 0.3)
    place = Phone(receiver).base
    idle = [socket.create_connection((place.hostname, place.port)) for _ in range(20)]
    try:
        until = time.monotonic() + 10
        while (status := Phone(receiver).ask("GET", "").status) == 503 and time.monotonic() < until:
            time.sleep(0.1)
        assert status == 200
    finally:
        for one in idle:
            one.close()


def test_what_trickles_ends_some_time(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path / "in", ("mp4",), 1 << 20, lambda size: None, lambda name, path: None)
    inbox.films["a"] = Incoming("a.mp4", 10, tmp_path / "a")
    receiver = Receiver(inbox, "127.0.0.1", open_s=0.0)
    assert receiver.sending
    receiver.ends_at -= OPEN_S
    assert not receiver.sending
    receiver.close()


def test_room_is_asked_for_all_films_that_are_coming(tmp_path: Path) -> None:
    asked: list[int] = []
    inbox = Inbox(tmp_path / "in", ("mp4",), 10**9, asked.append, lambda name, path: None)
    first = inbox.films[inbox.begin("a.mp4", 1000)]
    inbox.append(first, bytes(300))
    inbox.begin("b.mp4", 500)
    assert asked == [1000, 500 + 700]
    inbox.close()


def test_a_wrong_place_is_told_the_right_one(receiver: Receiver, came: dict[str, Path]) -> None:
    phone = Phone(receiver)
    film = phone.begin().headers["Location"]
    answer = phone.ask("PATCH", film, FILM[:10], Upload_Offset="77")
    assert (answer.status, answer.headers["Upload-Offset"]) == (409, "0")
    assert came == {}


@pytest.mark.parametrize(
    ("name", "size", "words"),
    [
        ("notes.txt", 100, "not a film that can be read"),
        ("hop.mp4", 1_000_001, "may have up to"),
        ("hop.mp4", 0, "is empty"),
    ],
)
def test_what_is_not_taken(receiver: Receiver, name: str, size: int, words: str) -> None:
    answer = Phone(receiver).begin(name, size)
    assert answer.status == 400
    assert words in answer.words  # type: ignore[attr-defined]


def test_a_long_name_keeps_its_ending(receiver: Receiver) -> None:
    assert receiver_name(receiver, "x" * 300 + ".mp4") == "x" * 196 + ".mp4"
    assert receiver_name(receiver, "hop.mov") == "hop.mov"


def receiver_name(receiver: Receiver, name: str) -> str:
    token = Phone(receiver).begin(name).headers["Location"].rpartition("/")[2]
    return receiver.inbox.films[token].name


def test_more_than_was_announced_is_not_written(receiver: Receiver, came: dict[str, Path]) -> None:
    phone = Phone(receiver)
    film = phone.begin(size=10).headers["Location"]
    assert phone.ask("PATCH", film, FILM[:11], Upload_Offset="0").status == 400
    assert came == {}


def test_nothing_else_is_served(receiver: Receiver) -> None:
    phone = Phone(receiver)
    assert phone.ask("GET", "").status == 200
    secret = phone.base.path.strip("/")
    for path in ("/", "/films", f"/{secret}/../", f"/{secret}/films", "/_stcore/health", f"/{secret[:-1]}/", "/docs"):
        assert phone.ask("GET", path).status in (404, 405), path
    assert phone.ask("POST", "/films", Upload_Length="5", Upload_Name="a.mp4").status == 404


def test_each_opening_has_an_address_of_its_own(receiver: Receiver, tmp_path: Path) -> None:
    other = Receiver(receiver.inbox, "127.0.0.1")
    try:
        assert Phone(other).base.path != Phone(receiver).base.path
        assert Phone(other).ask("GET", Phone(receiver).base.path).status == 404
    finally:
        other.close()


def test_a_gate_that_says_no_is_heard(tmp_path: Path) -> None:
    def full(size: int) -> None:
        raise PlumblineError("this machine's disk is nearly full")

    receiver = Receiver(Inbox(tmp_path / "in", ("mp4",), 10**9, full, lambda name, path: None), "127.0.0.1")
    try:
        answer = Phone(receiver).begin()
        assert (answer.status, answer.words) == (400, "this machine's disk is nearly full")  # type: ignore[attr-defined]
    finally:
        receiver.close()


def test_it_closes_when_its_time_is_over_and_leaves_nothing(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path / "in", ("mp4",), 10**9, lambda size: None, lambda name, path: None)
    receiver = Receiver(inbox, "127.0.0.1")
    phone = Phone(receiver)
    film = phone.begin().headers["Location"]
    phone.ask("PATCH", film, FILM[:1000], Upload_Offset="0")
    assert (tmp_path / "in").is_dir()
    receiver.ends_at = time.monotonic()
    assert receiver.sending  # a film that was announced in time may still end
    for coming in inbox.films.values():
        coming.moved_at -= 60  # but not one that has stood still for a minute
    until = time.monotonic() + 30
    while (tmp_path / "in").exists() and time.monotonic() < until:
        time.sleep(0.1)
    assert not (tmp_path / "in").exists()
    assert not receiver.open
    until = time.monotonic() + 30
    with pytest.raises(OSError):
        while time.monotonic() < until:
            phone.ask("GET", "")
            time.sleep(0.1)
