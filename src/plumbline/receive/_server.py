"""A small web server that only takes films, at an address nobody can guess, for minutes.

Pieces are sent as the core of tus 1.0 has it (https://tus.io/protocols/resumable-upload): POST
announces a film, HEAD tells how much of it is there, PATCH goes on from there.
"""

from __future__ import annotations

import secrets
import socket
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from plumbline.errors import PlumblineError, SettingsError
from plumbline.receive._inbox import Inbox, Incoming
from plumbline.resources import DATA

OPEN_S = 600.0
# A page on the laptop that does not ask for this long has been closed; browsers let a hidden one ask once a minute.
MISSED_S = 75.0
# Films on their way may end after the time is over, as long as something came within so many seconds.
STALLED_S = 30.0
# The largest piece that is taken at once.
PIECE_BYTES = 8 << 20
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'",
}


@dataclass(frozen=True)
class Certificate:
    """Files of a certificate and its key, for https."""

    certificate: Path
    key: Path


def network_address() -> str:
    """The machine's address on the local network; nothing is sent to find it.

    Raises
    ------
    SettingsError
        When it is on no network.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address for documentation: only the route is looked up
            return str(probe.getsockname()[0])
        except OSError as error:
            raise SettingsError(
                "this machine is on no network: join the phone's Wi-Fi, or its personal hotspot, and try again."
            ) from error


class Receiver:
    """The open page: serves until it is closed, its time is over, or nobody keeps it alive.

    Parameters
    ----------
    inbox : Inbox
    host : str
        The address to listen on, and on no other.
    certificate : Certificate, optional
        For https; plain http without.
    open_s : float
    """

    def __init__(
        self, inbox: Inbox, host: str, certificate: Certificate | None = None, *, open_s: float = OPEN_S
    ) -> None:
        self.inbox = inbox
        self.secret = secrets.token_urlsafe(12)
        self.ends_at = time.monotonic() + open_s
        self._kept_at = time.monotonic()
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.bind((host, 0))
        listener.listen(16)
        scheme = "http" if certificate is None else "https"
        self.address = f"{scheme}://{host}:{listener.getsockname()[1]}/{self.secret}/"
        config = uvicorn.Config(
            self._app(),
            log_level="critical",
            access_log=False,
            lifespan="off",
            ws="none",
            limit_concurrency=16,
            timeout_keep_alive=5,
            timeout_graceful_shutdown=1,
            server_header=False,
            ssl_certfile=certificate.certificate if certificate else None,
            ssl_keyfile=certificate.key if certificate else None,
        )
        try:
            config.load()
        except OSError as error:
            listener.close()
            raise SettingsError(f"the certificate for the phone's page cannot be used: {error.strerror}.") from error
        self._server = uvicorn.Server(config)
        threading.Thread(target=self._server.run, args=([listener],), name="receive", daemon=True).start()
        threading.Thread(target=self._watch, name="receive-watch", daemon=True).start()

    @property
    def left_s(self) -> float:
        """Seconds for which it stays open."""
        return max(self.ends_at - time.monotonic(), 0.0)

    @property
    def open(self) -> bool:
        """Whether it still takes new films."""
        return not self._server.should_exit and self.left_s > 0

    @property
    def sending(self) -> bool:
        """Whether films that were announced in time are still on their way."""
        now = time.monotonic()
        coming = [f for f in self.inbox.films.values() if not f.done]
        moving = any(now - f.moved_at < STALLED_S for f in coming)
        return not self._server.should_exit and moving

    def keep(self) -> None:
        """Say that the page on the laptop is still there."""
        self._kept_at = time.monotonic()

    def close(self) -> None:
        """Let nobody in any more, and remove what is not complete."""
        self._server.should_exit = True
        self._server.force_exit = True
        self.inbox.close()

    def _watch(self) -> None:
        while (self.open or self.sending) and time.monotonic() - self._kept_at < MISSED_S:
            time.sleep(0.5)
        self.close()

    def _app(self) -> Starlette:
        base = f"/{self.secret}"
        routes = [
            Route(f"{base}/", self._page, methods=["GET"]),
            Route(f"{base}/films", self._begin, methods=["POST"]),
            Route(f"{base}/films/{{token}}", self._film, methods=["HEAD", "PATCH"]),
        ]
        return Starlette(routes=routes, exception_handlers={PlumblineError: _refused})

    async def _page(self, _: Request) -> Response:
        page = (DATA / "receive.html").read_text(encoding="utf-8")
        page = page.replace("{{endings}}", ",".join(f".{e}" for e in self.inbox.endings))
        page = page.replace("{{minutes}}", str(max(round(self.left_s / 60), 1)))
        return HTMLResponse(page, headers=HEADERS)

    async def _begin(self, request: Request) -> Response:
        self._still_open(self.open)
        name = unquote(request.headers.get("upload-name", ""))[:200]
        token = await run_in_threadpool(self.inbox.begin, name, _number(request, "upload-length"))
        return Response(status_code=201, headers={"Location": f"films/{token}", **HEADERS})

    async def _film(self, request: Request) -> Response:
        self._still_open(self.open or self.sending)
        film = self.inbox.films.get(request.path_params["token"])
        if film is None:
            return PlainTextResponse("this film is not known: send it again.", 404, headers=HEADERS)
        if request.method == "PATCH":
            if film.busy or _number(request, "upload-offset") != film.offset:
                return _at(film, 409)
            await self._take(request, film)
        return _at(film, 200 if request.method == "HEAD" else 204)

    async def _take(self, request: Request, film: Incoming) -> None:
        """Write what comes, as far as it comes; what arrived of a piece that breaks off is kept."""
        if _number(request, "content-length") > PIECE_BYTES:
            raise PlumblineError(f"a piece may have up to {PIECE_BYTES >> 20} MB.")
        film.busy = True
        try:
            async for piece in request.stream():
                if self._server.should_exit:
                    break
                await run_in_threadpool(self.inbox.append, film, piece)
            if film.done:
                await run_in_threadpool(self.inbox.finish, film)
        except ClientDisconnect:
            return
        finally:
            film.busy = False

    @staticmethod
    def _still_open(is_open: bool) -> None:
        if not is_open:
            raise PlumblineError("the page on the laptop is closed: open it again there.")


async def _refused(_: Request, error: Exception) -> Response:
    return PlainTextResponse(str(error), 400, headers=HEADERS)


def _at(film: Incoming, status: int) -> Response:
    return Response(status_code=status, headers={"Upload-Offset": str(film.offset), **HEADERS})


def _number(request: Request, name: str) -> int:
    value = request.headers.get(name, "")
    if not (value.isascii() and value.isdigit() and len(value) < 16):
        raise PlumblineError(f"{name} is missing: send the film again.")
    return int(value)
