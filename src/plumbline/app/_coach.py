"""Who uses the app: whoever sits at this machine, or coaches who sign in (OpenID Connect)."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import streamlit as st

from plumbline.app._words import escaped
from plumbline.language import _

LOOPBACK = ("127.0.0.1", "localhost", "::1")


def asks_for_sign_in() -> bool:
    """Whether the server's secrets name a provider (see `docs/deploy.md`)."""
    return bool(st.secrets.load_if_toml_exists()) and "auth" in st.secrets


def place() -> str:
    """Where films and pictures stay, as the pages say it."""
    return _("this server") if asks_for_sign_in() else _("this machine")


def meant_to_ask() -> bool:
    """Whether somebody has set signing in up, well or not: a slip in a file must not open the doors."""
    files = [Path(p) for p in st.config.get_option("secrets.files")]
    given = st.config.get_where_defined("secrets.files") != "<default>"
    return bool(os.environ.get("PLUMBLINE_COACHES")) or given or any(p.exists() for p in files)


def coach() -> str:
    """A key for the coach's own folders, from provider and subject; empty without sign-in."""
    if not asks_for_sign_in():
        return ""
    identity = f"{st.user.get('iss', '')} {st.user.get('sub', '')}"
    return hashlib.sha256(identity.encode()).hexdigest()[:24]


def own(path: Path, coach_key: str) -> Path:
    """Where a coach's own copy of a file lies: beside the common one, in a folder of their own."""
    return path.parent / "coaches" / coach_key / path.name if coach_key else path


def alone() -> bool:
    """Whether one person uses this server: it listens on this machine only, and asks nobody to sign in.

    Others have no films from a phone, which an uploader takes there, and do not see each other's clips.
    """
    here = str(st.get_option("server.address") or "") in LOOPBACK
    return here and not asks_for_sign_in() and not meant_to_ask()


def visitor() -> str:
    """Whom a limit on uploads counts against."""
    return coach() or st.context.ip_address or "this machine"


def admitted() -> bool:
    """Whether the visitor may see the pages; else says what to do."""
    if not asks_for_sign_in():
        if meant_to_ask():
            st.error(
                _("Signing in is set up on this server, but its secrets.toml is missing, wrong or without [auth].")
            )
            return False
        return True
    if not st.user.is_logged_in:
        st.title("Plumbline")
        st.markdown(_("Sign in to see your athletes and their clips."))
        if st.button(_("Sign in"), type="primary", icon=":material/login:"):
            st.login()
        return False
    name = str(st.user.get("email") or st.user.get("name") or _("an account without a name"))
    if not _on_the_list():
        st.title("Plumbline")
        st.error(
            _(
                "{name} is not on this server's list of coaches. Ask whoever runs it, or sign in with another account.",
                name=escaped(name),
            )
        )
        _sign_out()
        return False
    with st.sidebar:
        st.text(_("Signed in as {name}", name=name))
        _sign_out()
    return True


def _on_the_list() -> bool:
    """Whether `PLUMBLINE_COACHES` names the account's verified address or its number at the provider.

    Without a list everyone is welcome.
    """
    listed = {entry.strip().lower() for entry in os.environ.get("PLUMBLINE_COACHES", "").split(",") if entry.strip()}
    known = {str(st.user.get("sub", "")).lower()}
    if st.user.get("email_verified") is True:
        known.add(str(st.user.get("email", "")).lower())
    return not listed or bool(listed & known)


def _sign_out() -> None:
    if st.button(_("Sign out"), icon=":material/logout:"):
        st.logout()
