"""Films on their way in: each grows by pieces, and goes on where it broke off."""

from __future__ import annotations

import errno
import secrets
import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from plumbline.errors import PlumblineError

MOST_FILMS = 24


@dataclass
class Incoming:
    """A film that is being sent.

    Attributes
    ----------
    name : str
        As the phone calls it.
    size : int
        Bytes that it will have.
    path : Path
        Where it grows.
    offset : int
        Bytes that are there.
    busy : bool
        Whether a piece is on its way.
    moved_at : float
        When the last of them came, s on the clock of `time.monotonic`.
    over : bool
        Whether it was handed over, or could not be.
    turn : int
        Counts up with each piece: one that stands still is left for the next.
    """

    name: str
    size: int
    path: Path
    offset: int = 0
    busy: bool = False
    moved_at: float = field(default_factory=time.monotonic)
    over: bool = False
    turn: int = 0

    @property
    def done(self) -> bool:
        """Whether all of it is there."""
        return self.offset == self.size


@dataclass
class Inbox:
    """Takes films in by pieces.

    Attributes
    ----------
    folder : Path
        Made by the inbox, and removed with it.
    endings : tuple of str
        Of the files that are taken, without the dot.
    largest : int
        Bytes that one film may have.
    admit : callable
        Given the bytes that are still to come with a film, raises `PlumblineError` when it is one too many.
    take : callable
        Given the name and path of a film that is complete; it moves it away.
    films : dict of Incoming
        By token; complete ones stay in it.
    """

    folder: Path
    endings: tuple[str, ...]
    largest: int
    admit: Callable[[int], None]
    take: Callable[[str, Path], None]
    films: dict[str, Incoming] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self, name: str, size: int) -> str:
        """Begin a new film.

        Parameters
        ----------
        name : str
            As the phone calls it.
        size : int
            Bytes.

        Returns
        -------
        str
            Its token.

        Raises
        ------
        PlumblineError
            When it is not a film by its name, too large, or one too many.
        """
        ending = name.rpartition(".")[2].lower()
        if ending not in self.endings:
            raise PlumblineError(
                "this is not a film that can be read: choose one of {names}.", names=", ".join(self.endings)
            )
        if size == 0:
            raise PlumblineError("this file is empty: choose the film again.")
        if size > self.largest:
            raise PlumblineError("a film may have up to {value} MB: send a shorter one.", value=self.largest >> 20)
        with self._lock:
            if len(self.films) >= MOST_FILMS:
                raise PlumblineError(
                    "no more than {most} films at a time: open a new address for more.", most=MOST_FILMS
                )
            self.admit(size + sum(f.size - f.offset for f in self.films.values()))
            self.folder.mkdir(parents=True, exist_ok=True)
            token = secrets.token_hex(12)
            film = Incoming(name, size, self.folder / token)
            film.path.touch()
            self.films[token] = film
        return token

    def append(self, film: Incoming, piece: bytes) -> None:
        """Write a piece at the end.

        Parameters
        ----------
        film : Incoming
        piece : bytes

        Raises
        ------
        PlumblineError
            When it is more than was announced, or there is no room for it.
        """
        if film.offset + len(piece) > film.size:
            raise PlumblineError("more was sent than the film has: send it again.")
        try:
            with film.path.open("r+b") as out:
                out.seek(film.offset)
                out.write(piece)
        except OSError as error:
            if error.errno == errno.ENOSPC:
                raise PlumblineError("the laptop has no room for this film: make room on its disk.") from error
            raise PlumblineError("the laptop cannot keep this film: {strerror}.", strerror=error.strerror) from error
        film.offset += len(piece)
        film.moved_at = time.monotonic()

    def finish(self, film: Incoming) -> None:
        """Hand the complete `film` over."""
        try:
            self.take(film.name, film.path)
        finally:
            film.over = True

    def close(self) -> None:
        """Remove what is not complete."""
        shutil.rmtree(self.folder, ignore_errors=True)
