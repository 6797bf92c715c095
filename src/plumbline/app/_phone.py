"""From and to the phone: a page on the local network that takes films or hands one out, while its switch is on."""

from __future__ import annotations

import html
import os
import secrets
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import segno
import streamlit as st

from plumbline.app._coach import alone, coach, visitor
from plumbline.app._session import gate, limits_in_force, store
from plumbline.app._words import error_markdown, escaped
from plumbline.errors import PlumblineError, SettingsError
from plumbline.language import _, current, speaking
from plumbline.phone import Certificate, Door, Giver, Inbox, Receiver, network_address
from plumbline.request import Request
from plumbline.video import FILM_TYPES

SWITCH = "from_the_phone"
GIVES = "gives_to_the_phone"  # the switch whose film is offered


def _certificate() -> Certificate | None:
    """The user's own certificate for https, from `PLUMBLINE_PHONE_CERT` and `PLUMBLINE_PHONE_KEY`."""
    certificate, key = (os.environ.get(f"PLUMBLINE_PHONE_{name}") for name in ("CERT", "KEY"))
    if bool(certificate) != bool(key):
        raise SettingsError("set both PLUMBLINE_PHONE_CERT and PLUMBLINE_PHONE_KEY, or neither.")
    return Certificate(Path(certificate), Path(key)) if certificate and key else None


def _open(arrived: list[str], wishes: dict[str, Request]) -> Receiver:
    """Begin to listen; films that have arrived are measured by the `request` among the wishes, their tokens kept."""
    shelf, limits, who, owner, language = store(), limits_in_force(), visitor(), coach(), current()

    def admit(size: int) -> None:
        gate().admit(who, size, shelf.waiting, shutil.disk_usage(shelf.root).free)

    def take(name: str, path: Path) -> None:
        with speaking(language):  # the laptop's, on the server's own thread
            arrived.append(shelf.add(name, path.replace, wishes["request"], limits, owner).token)

    largest = int(st.get_option("server.maxUploadSize")) << 20
    inbox = Inbox(shelf.root / f"phone_{secrets.token_hex(4)}", tuple(FILM_TYPES), largest, admit, take)
    return Receiver(inbox, _host(), _certificate())


def _host() -> str:
    return os.environ.get("PLUMBLINE_PHONE_ADDRESS") or network_address()


def _close(which: str) -> None:
    door: Door | None = st.session_state.pop(which, None)
    if door is not None:
        door.close()


def _opened(which: str, make: Callable[[], Door]) -> bool:
    """Whether a door is open now; a reason why it cannot be is shown."""
    if which in st.session_state:
        return True
    try:
        st.session_state[which] = make()
    except PlumblineError as error:
        st.error(error_markdown(error))
    except OSError as error:
        st.error(escaped(_("The page for the phone cannot be opened: {strerror}.", strerror=error.strerror)))
    return which in st.session_state


def panel(show: Callable[[list[str]], None], request: Request) -> None:
    """The switch, and while it is on the address as a picture for the phone's camera.

    Parameters
    ----------
    show : callable
        Given the tokens of films that have come, opens them.
    request : Request
        What is asked of each.
    """
    if not alone():
        return
    if not st.toggle(_("From the phone"), key=SWITCH, help=_("Send films from a phone on the same Wi-Fi.")):
        _close("receiver")
        if arrived := st.session_state.pop("arrived", []):  # switched off, or the page left, before all had come
            show(arrived)
        return
    if "receiver" not in st.session_state:
        st.session_state["arrived"], st.session_state["phone_wishes"] = [], {}
    wishes: dict[str, Request] = st.session_state["phone_wishes"]
    wishes["request"] = request  # as the form stands when a film comes
    if _opened("receiver", lambda: _open(st.session_state["arrived"], wishes)):
        _waiting(show)


def give(film: Path, name: str, key: str) -> None:
    """A switch that offers a film to the athlete's phone; one film at a time.

    Parameters
    ----------
    film : Path
    name : str
        What the phone calls it.
    key : str
        Of the switch.
    """
    if not alone():
        return
    giver: Giver | None = st.session_state.get("giver")
    mine = giver is not None and giver.film == film
    words = _("Hand this film to a phone on the same Wi-Fi.")
    on = st.toggle(_("To the phone"), key=key, help=words, on_change=_claim, args=(key,))
    if not on:
        if mine:
            _close("giver")
        return
    if st.session_state.setdefault(GIVES, key) != key:  # switched on before another one was
        st.info(_("Another film is offered now. Turn *To the phone* off and on again for this one."))
        return
    if not mine:
        _close("giver")
    if _opened("giver", lambda: Giver(film, name, _host(), _certificate())):
        _handing()


def _claim(key: str) -> None:
    """The switch that was turned is the one whose film is offered, until it is turned off."""
    if st.session_state[key]:
        st.session_state[GIVES] = key
    elif st.session_state.get(GIVES) == key:
        del st.session_state[GIVES]


@st.fragment(run_every=1.0)
def _handing() -> None:
    giver: Giver | None = st.session_state.get("giver")
    if giver is None:
        return
    giver.keep()
    if not giver.open:
        st.info(_("The address has expired. Turn *To the phone* off and on again for a new one."))
        return
    _address(giver, _("watch and save this film"))


@st.fragment(run_every=1.0)
def _waiting(show: Callable[[list[str]], None]) -> None:
    receiver: Receiver | None = st.session_state.get("receiver")
    if receiver is None:
        return
    receiver.keep()
    arrived: list[str] = st.session_state["arrived"]
    coming = [f for f in receiver.inbox.films.values() if not f.over]
    over = not receiver.open and not receiver.sending
    if arrived and (not coming or not receiver.sending):  # others were announced, and nothing more comes of them
        _close("receiver")
        with suppress(KeyError):
            del st.session_state[SWITCH]
        show(st.session_state.pop("arrived"))
        return
    if over:
        st.info(_("The address has expired. Turn *From the phone* off and on again for a new one."))
        return
    if receiver.open:
        _address(receiver, _("send films to this laptop"))
    for film in coming:
        st.progress(film.offset / film.size, f"{escaped(film.name)}: {film.offset / film.size:.0%}")


def _address(door: Door, allowed: str) -> None:
    """Where the phone goes, to be read by its camera, and what can be done there."""
    picture, words = st.columns([1, 2], vertical_alignment="center")
    code = segno.make(door.address, error="m")
    drawn = code.svg_data_uri(scale=5, border=3, light="#fff")
    alt = html.escape(_("QR code of the address beside it"))
    picture.html(f'<img class="qr" alt="{alt}" src="{drawn}">')
    with words:
        st.markdown(_("**Point the phone's camera at the code**, on the same Wi-Fi as this laptop."))
        st.code(door.address, language=None, wrap_lines=True)
        st.caption(_who_may(door, allowed))


def _who_may(door: Door, allowed: str) -> str:
    """What is open, and to whom."""
    minutes = max(-(-int(door.left_s) // 60), 1)
    how = ""
    if door.address.startswith("http:"):
        how = _(
            " It is plain http: others on an open Wi-Fi could listen in. Use your own Wi-Fi or the phone's hotspot."
        )
    return _(
        "Open for {minutes} more min, or until you switch it off or leave this page. Whoever has this address can "
        "{allowed}, and nothing else.{how}",
        minutes=minutes,
        allowed=allowed,
        how=how,
    )
