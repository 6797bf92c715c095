"""An OpenID Connect provider on this machine, as small as one can be; it signs in whoever is next."""

from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "plumbline", "not a secret"


class Provider:
    """Serves discovery, authorisation, tokens and keys; a context manager."""

    def __init__(self) -> None:
        self.account = {"sub": "1", "email": "first@club.example", "email_verified": True}
        self._key = RSAKey.generate_key(2048, {"kid": "only", "use": "sig", "alg": "RS256"})
        self._nonce: dict[str, str] = {}
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                provider.get(self)

            def do_POST(self) -> None:
                provider.token(self)

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Provider:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def secrets(self, app_url: str) -> str:
        """What the app's secrets.toml says of this provider."""
        return (
            f'[auth]\nredirect_uri = "{app_url}/oauth2callback"\n'
            'cookie_secret = "a string that is long enough to sign with"\n'
            f'client_id = "{CLIENT}"\nclient_secret = "{SECRET}"\n'
            f'server_metadata_url = "{self.url}/.well-known/openid-configuration"\n'
        )

    def get(self, request: BaseHTTPRequestHandler) -> None:
        """Discovery, keys, or somebody who wants to sign in."""
        at = urlsplit(request.path)
        if at.path == "/.well-known/openid-configuration":
            ends = {name: f"{self.url}/{name}" for name in ("authorize", "token", "keys")}
            document = {
                "issuer": self.url,
                "authorization_endpoint": ends["authorize"],
                "token_endpoint": ends["token"],
                "jwks_uri": ends["keys"],
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
            }
            _json(request, document)
        elif at.path == "/keys":
            _json(request, {"keys": [self._key.as_dict(private=False)]})
        elif at.path == "/authorize":
            asked = {k: v[0] for k, v in parse_qs(at.query).items()}
            code = f"code{time.monotonic_ns()}"
            self._nonce[code] = asked.get("nonce", "")
            request.send_response(302)
            back = {"code": code, "state": asked["state"]}
            request.send_header("Location", f"{asked['redirect_uri']}?{urlencode(back)}")
            request.end_headers()
        else:
            request.send_error(404)

    def token(self, request: BaseHTTPRequestHandler) -> None:
        """The signed token for a code."""
        form = parse_qs(request.rfile.read(int(request.headers["Content-Length"])).decode())
        now = int(time.time())
        claims = {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 600, **self.account}
        claims["nonce"] = self._nonce.pop(form["code"][0])
        signed = jwt.encode({"alg": "RS256", "kid": "only"}, claims, self._key)
        _json(request, {"access_token": "none", "token_type": "Bearer", "expires_in": 600, "id_token": signed})


def _json(request: BaseHTTPRequestHandler, document: dict[str, Any]) -> None:
    body = json.dumps(document).encode()
    request.send_response(200)
    request.send_header("Content-Type", "application/json")
    request.send_header("Content-Length", str(len(body)))
    request.end_headers()
    request.wfile.write(body)
