"""A small web server at an address nobody can guess, open for minutes."""

from __future__ import annotations

import asyncio
import secrets
import socket
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from uvicorn.protocols.http.h11_impl import H11Protocol

from plumbline.errors import PlumblineError, SettingsError
from plumbline.language import fitting, speaking

OPEN_S = 600.0
# A page on the laptop that does not ask for this long has been closed; browsers let a hidden one ask once a minute.
MISSED_S = 75.0
# What is on its way may end after the time is over, as long as something moved within so many seconds.
STALLED_S = 30.0
# Who has connected asks for something within so many seconds.
ASKS_WITHIN_S = 8.0
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
    "connect-src 'self'; media-src 'self'; base-uri 'none'; form-action 'none'",
}


@dataclass(frozen=True)
class Certificate:
    """A certificate for https.

    Attributes
    ----------
    certificate, key : Path
        PEM files.
    """

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


class _Impatient(H11Protocol):
    """Lets go of who connects and asks for nothing, so that they do not take the phone's place."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.loop.call_later(ASKS_WITHIN_S, self._let_go)

    def _let_go(self) -> None:
        if self.cycle is None and not self.transport.is_closing():
            self.transport.close()


class Door:
    """Serves its routes under one secret address until it is closed, its time is over, or nobody keeps it alive.

    Parameters
    ----------
    host : str
        The address to listen on, and on no other.
    certificate : Certificate, optional
        For https; plain http without.
    open_s : float
        For how long.

    Raises
    ------
    SettingsError
        When the certificate cannot be used.
    """

    def __init__(self, host: str, certificate: Certificate | None = None, *, open_s: float = OPEN_S) -> None:
        self.secret = secrets.token_urlsafe(12)
        self.ends_at = time.monotonic() + open_s
        self._kept_at = time.monotonic()
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.bind((host, 0))
        listener.listen(16)
        scheme = "http" if certificate is None else "https"
        self.address = f"{scheme}://{host}:{listener.getsockname()[1]}/{self.secret}/"
        config = uvicorn.Config(
            Starlette(routes=self._routes(f"/{self.secret}"), exception_handlers={PlumblineError: _refused}),
            log_level="critical",
            access_log=False,
            lifespan="off",
            ws="none",
            http=_Impatient,
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
            raise SettingsError(
                "the certificate for the phone's page cannot be used: {strerror}.", strerror=error.strerror
            ) from error
        self._server = uvicorn.Server(config)
        threading.Thread(target=self._server.run, args=([listener],), name="phone", daemon=True).start()
        threading.Thread(target=self._watch, name="phone-watch", daemon=True).start()

    @property
    def left_s(self) -> float:
        """Seconds for which it stays open."""
        return max(self.ends_at - time.monotonic(), 0.0)

    @property
    def open(self) -> bool:
        """Whether it still begins anything new."""
        return not self._server.should_exit and self.left_s > 0

    @property
    def sending(self) -> bool:
        """Whether something that began in time is still on its way."""
        return not self._server.should_exit and self._moving()

    def keep(self) -> None:
        """Say that the page on the laptop is still there."""
        self._kept_at = time.monotonic()

    def close(self) -> None:
        """Let nobody in any more."""
        self._server.should_exit = True
        self._server.force_exit = True

    def _routes(self, base: str) -> list[Route]:
        raise NotImplementedError

    def _moving(self) -> bool:
        raise NotImplementedError

    def _watch(self) -> None:
        while (self.open or self.sending) and time.monotonic() - self._kept_at < MISSED_S:
            time.sleep(0.5)
        self.close()

    @staticmethod
    def _still_open(is_open: bool) -> None:
        if not is_open:
            raise PlumblineError("the page on the laptop is closed: open it again there.")


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, PlumblineError)
    with speaking(language_of(request)):
        return PlainTextResponse(error.said, 400, headers=HEADERS)


def language_of(request: Request) -> str:
    """The language that the phone's browser asks for."""
    wishes = request.headers.get("accept-language", "").split(",")
    return fitting(*(wish.partition(";")[0].strip() for wish in wishes))
