"""One film for a phone: its page shows it and offers it for saving."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from plumbline.errors import PlumblineError
from plumbline.language import speaking
from plumbline.pages import page_template
from plumbline.phone._door import HEADERS, OPEN_S, STALLED_S, Certificate, Door, language_of


class _Moving(FileResponse):
    """A file that says of each piece that it went out."""

    def __init__(self, path: Path, name: str, kind: str, on_piece: Callable[[], None]) -> None:
        super().__init__(
            path, media_type="video/mp4", filename=name, content_disposition_type=kind, headers=dict(HEADERS)
        )
        self.on_piece = on_piece

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_and_note(message: Message) -> None:
            self.on_piece()
            await send(message)

        await super().__call__(scope, receive, send_and_note)


class Giver(Door):
    """Hands one film out, whole or in the parts that a player asks for; see `Door`.

    Parameters
    ----------
    film : Path
        An MP4 file; it stays where it is.
    name : str
        What the phone calls it.
    host : str
        The address to listen on, and on no other.
    certificate : Certificate, optional
        For https; plain http without.
    open_s : float
        For how long.
    """

    def __init__(
        self, film: Path, name: str, host: str, certificate: Certificate | None = None, *, open_s: float = OPEN_S
    ) -> None:
        self.film = film
        self.name = name
        self._moved_at = float("-inf")
        self._phones: set[str] = set()  # that began in time
        super().__init__(host, certificate, open_s=open_s)

    def _moving(self) -> bool:
        now = time.monotonic()
        return now - self._moved_at < STALLED_S and now < self.ends_at + OPEN_S

    def _moved(self) -> None:
        self._moved_at = time.monotonic()

    def _routes(self, base: str) -> list[Route]:
        return [
            Route(f"{base}/", self._page, methods=["GET"]),
            Route(f"{base}/film.mp4", self._show, methods=["GET"]),
            Route(f"{base}/save", self._save, methods=["GET"]),
        ]

    async def _page(self, request: Request) -> Response:
        self._still_open(self.open)
        with speaking(language_of(request)):
            template = page_template("phone_take.html.j2")
            page = template.render(name=Path(self.name).stem, minutes=max(round(self.left_s / 60), 1))
        return HTMLResponse(page, headers=HEADERS)

    async def _show(self, request: Request) -> Response:
        return self._film(request, "inline")

    async def _save(self, request: Request) -> Response:
        return self._film(request, "attachment")

    def _film(self, request: Request, kind: str) -> Response:
        if not self.film.is_file():
            raise PlumblineError("this film was made anew on the laptop: turn To the phone off and on again there.")
        phone = request.client.host if request.client else ""
        if self.open:
            self._phones.add(phone)
        else:  # what began in time goes on, part by part
            self._still_open(self.sending and phone in self._phones and "range" in request.headers)
        return _Moving(self.film, self.name, kind, self._moved)
