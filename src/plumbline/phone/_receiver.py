"""Films from a phone, sent in pieces as the core of tus 1.0 has it (https://tus.io/protocols/resumable-upload).

POST announces a film, HEAD tells how much of it is there, PATCH goes on from there.
"""

from __future__ import annotations

import time
from urllib.parse import unquote

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from plumbline.errors import PlumblineError
from plumbline.language import _, speaking
from plumbline.pages import page_template
from plumbline.phone._door import HEADERS, OPEN_S, STALLED_S, Certificate, Door, language_of
from plumbline.phone._inbox import Inbox, Incoming

# The largest piece that is taken at once.
PIECE_BYTES = 8 << 20
# Of a film's name.
MOST_LETTERS = 200
# A piece of which nothing came for so long has lost its phone, and another one may go on.
LOST_S = 5.0


class Receiver(Door):
    """Takes films into an inbox; see `Door`.

    Parameters
    ----------
    inbox : Inbox
        Closed with it.
    host : str
        The address to listen on, and on no other.
    certificate : Certificate, optional
        For https; plain http without.
    open_s : float
        For how long.
    """

    def __init__(
        self, inbox: Inbox, host: str, certificate: Certificate | None = None, *, open_s: float = OPEN_S
    ) -> None:
        self.inbox = inbox
        super().__init__(host, certificate, open_s=open_s)

    def close(self) -> None:
        """Let nobody in any more, and remove what is not complete."""
        super().close()
        self.inbox.close()

    def _moving(self) -> bool:
        films, now = self.inbox.films.values(), time.monotonic()
        if now > self.ends_at + OPEN_S or all(f.over for f in films):
            return False
        # They come one after the other: those that wait move with the others.
        return now - max(f.moved_at for f in films) < STALLED_S

    def _routes(self, base: str) -> list[Route]:
        return [
            Route(f"{base}/", self._page, methods=["GET"]),
            Route(f"{base}/films", self._begin, methods=["POST"]),
            Route(f"{base}/films/{{token}}", self._film, methods=["HEAD", "PATCH"]),
        ]

    async def _page(self, request: Request) -> Response:
        endings = ",".join(f".{e}" for e in self.inbox.endings)
        with speaking(language_of(request)):
            template = page_template("phone_send.html.j2")
            page = template.render(endings=endings, minutes=max(round(self.left_s / 60), 1))
        return HTMLResponse(page, headers=HEADERS)

    async def _begin(self, request: Request) -> Response:
        self._still_open(self.open)
        name = _shortened(unquote(request.headers.get("upload-name", "")))
        token = await run_in_threadpool(self.inbox.begin, name, _number(request, "upload-length"))
        return Response(status_code=201, headers={"Location": f"films/{token}", **HEADERS})

    async def _film(self, request: Request) -> Response:
        self._still_open(self.open or self.sending)
        film = self.inbox.films.get(request.path_params["token"])
        if film is None:
            with speaking(language_of(request)):
                return PlainTextResponse(_("this film is not known: send it again."), 404, headers=HEADERS)
        if request.method == "PATCH":
            lost = time.monotonic() - film.moved_at > LOST_S
            if film.over:
                return _at(film, 204)
            if (film.busy and not lost) or _number(request, "upload-offset") != film.offset:
                return _at(film, 409)
            await self._take(request, film)
        return _at(film, 200 if request.method == "HEAD" else 204)

    async def _take(self, request: Request, film: Incoming) -> None:
        """Write what comes, as far as it comes; what arrived of a piece that breaks off is kept."""
        if _number(request, "content-length") > PIECE_BYTES:
            raise PlumblineError("a piece may have up to {value} MB.", value=PIECE_BYTES >> 20)
        film.busy, film.moved_at = True, time.monotonic()
        film.turn += 1
        mine = film.turn
        try:
            async for piece in request.stream():
                if self._server.should_exit or film.turn != mine:
                    return
                await run_in_threadpool(self.inbox.append, film, piece)
            if film.done:
                await run_in_threadpool(self.inbox.finish, film)
        except ClientDisconnect:
            return
        finally:
            if film.turn == mine:
                film.busy = False


def _shortened(name: str) -> str:
    """A film's name with no more letters than a file's may have; its ending stays."""
    stem, dot, ending = name.rpartition(".")
    ending = f"{dot}{ending}"[-MOST_LETTERS:]
    return stem[: MOST_LETTERS - len(ending)] + ending


def _at(film: Incoming, status: int) -> Response:
    return Response(status_code=status, headers={"Upload-Offset": str(film.offset), **HEADERS})


def _number(request: Request, name: str) -> int:
    value = request.headers.get(name, "")
    if not (value.isascii() and value.isdigit() and len(value) < 16):
        raise PlumblineError("{name} is missing: send the film again.", name=name)
    return int(value)
