"""A login service on loopback: discovery, authorization, token, keys and userinfo, and the ways it can be wrong."""

from __future__ import annotations

import base64
import json
import time
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "mukana", "hys:hys/hys"
KEYS = [rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2)]  # once: making them is slow


class LoginService:
    """Says yes to everybody as `who`; `wrong` names one thing it does wrong."""

    def __init__(self) -> None:
        self.key, self.other_key = KEYS
        self.who: dict[str, Any] = {"sub": "tiina-1", "name": "Tiina Tossavainen", "email": "tiina@mukana.example", "email_verified": True}
        self.wrong = ""
        self.codes: dict[str, dict[str, str]] = {}
        self.asked: list[str] = []
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                service.answer(self, dict(parse_qs(urlsplit(self.path).query)))

            def do_POST(self) -> None:
                length = int(self.headers.get("Content-Length", 0))
                service.answer(self, dict(parse_qs(self.rfile.read(length).decode())))

            def log_message(self, *_words: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def answer(self, request: BaseHTTPRequestHandler, given: dict[str, list[str]]) -> None:
        path = urlsplit(request.path).path
        self.asked.append(path)
        values = {name: words[0] for name, words in given.items()}
        if path == "/authorize":
            return self._redirect(request, values)
        found = {
            "/.well-known/openid-configuration": self._discovery,
            "/token": lambda: self._token(values, request.headers.get("Authorization", "")),
            "/keys": self._keys,
            "/me": lambda: {**self.who, "sub": "joku-muu"} if self.wrong == "subject" else self.who,
        }[path]()
        body = b"ei onnistu" if self.wrong == "broken" and path == "/token" else json.dumps(found or {"error": "invalid_grant"}).encode()
        request.send_response(200 if found else 400)
        request.send_header("Content-Type", "application/json")
        request.end_headers()
        request.wfile.write(body)
        return None

    def _discovery(self) -> dict[str, Any]:
        return {
            "issuer": "https://muu.example" if self.wrong == "discovery" else self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
            "userinfo_endpoint": f"{self.url}/me",
        }

    def _redirect(self, request: BaseHTTPRequestHandler, asked: dict[str, str]) -> None:
        assert asked["response_type"] == "code"
        assert asked["client_id"] == CLIENT
        code = f"koodi-{len(self.codes)}"
        self.codes[code] = asked
        back = {"error": "access_denied"} if self.wrong == "denied" else {"code": code}
        state = "arvattu" if self.wrong == "state" else asked["state"]
        request.send_response(302)
        request.send_header("Location", f"{asked['redirect_uri']}?{urlencode({**back, 'state': state})}")
        request.end_headers()

    def _token(self, given: dict[str, str], authorization: str) -> dict[str, Any] | None:
        asked = self.codes.pop(given.get("code", ""), None)
        expected = "Basic " + base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if asked is None or authorization != expected or given["redirect_uri"] != asked["redirect_uri"]:
            return None
        challenge = base64.urlsafe_b64encode(sha256(given["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        if challenge != asked["code_challenge"]:
            return None
        return {"access_token": "avain", "token_type": "Bearer", "id_token": self._id_token(asked["nonce"])}

    def _id_token(self, nonce: str) -> str:
        moment = int(time.time())
        told = {
            "iss": "https://muu.example" if self.wrong == "issuer" else self.url,
            "sub": self.who["sub"],
            "aud": "toinen" if self.wrong == "audience" else CLIENT,
            "iat": moment - 7200 if self.wrong == "expired" else moment,
            "exp": moment - 3600 if self.wrong == "expired" else moment + 300,
            "nonce": "vanha" if self.wrong == "nonce" else nonce,
        }
        if self.wrong == "no nonce":
            del told["nonce"]
        if self.wrong == "unsigned":
            return jwt.encode(told, None, algorithm="none", headers={"kid": "a"})
        if self.wrong == "shared secret":  # signed with what everybody can read: the public key
            return jwt.encode(told, self._keys()["keys"][0]["n"], algorithm="HS256", headers={"kid": "a"})
        key = self.other_key if self.wrong == "signature" else self.key
        return jwt.encode(told, key, algorithm="RS256", headers={"kid": "tuntematon" if self.wrong == "key" else "a"})

    def _keys(self) -> dict[str, Any]:
        row = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [{**row, "kid": "a", "use": "sig", "alg": "RS256"}]}
