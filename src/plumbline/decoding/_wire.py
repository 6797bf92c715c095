"""Messages over a pipe: JSON, and behind it as many bytes as were announced.

Nothing is unpickled, so a child taken over by a hostile film can send wrong pictures and no more.
"""

from __future__ import annotations

import json
import struct
from contextlib import suppress
from io import FileIO
from typing import Any

# Before each message: the lengths of its JSON and of what follows it.
LENGTHS = struct.Struct("<IQ")
MAX_JSON, MAX_BODY = 1 << 20, 1 << 30
# A pipe of Linux holds 64 KiB unless it is told to hold more.
PIPE_BYTES, SET_PIPE_SIZE = 1 << 20, 1031


class BrokenError(Exception):
    """The other end is gone, or says what makes no sense."""


def widen(pipe: FileIO) -> None:
    """Let a pipe hold more at a time, where the system can."""
    with suppress(ImportError, OSError):
        import fcntl

        fcntl.fcntl(pipe, SET_PIPE_SIZE, PIPE_BYTES)


def send(pipe: FileIO, message: dict[str, Any], body: memoryview | bytes = b"") -> None:
    """Write one message.

    Raises
    ------
    OSError
        When nobody reads any more.
    """
    words = json.dumps(message).encode()
    for part in (LENGTHS.pack(len(words), len(body)) + words, body):
        rest = memoryview(part)
        while rest:
            rest = rest[pipe.write(rest) or 0 :]


def receive(pipe: FileIO) -> tuple[dict[str, Any], bytearray]:
    """Read one message and what follows it.

    Raises
    ------
    BrokenError
        When the other end is gone or sends what is no message.
    """
    words, body = LENGTHS.unpack(_exactly(pipe, LENGTHS.size))
    if words > MAX_JSON or body > MAX_BODY:
        raise BrokenError("a message too long")
    try:
        message = json.loads(_exactly(pipe, words))
    except ValueError:
        raise BrokenError("a message that is none") from None
    if not isinstance(message, dict):
        raise BrokenError("a message that is none")
    return message, _exactly(pipe, body)


def _exactly(pipe: FileIO, count: int) -> bytearray:
    buffer = bytearray(count)
    rest = memoryview(buffer)
    while rest:
        got = pipe.readinto(rest)
        if not got:
            raise BrokenError("a message cut off")
        rest = rest[got:]
    return buffer
