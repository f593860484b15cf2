"""Other ends on loopback: a mail server and a text-message gateway that behave as the test tells them."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


@dataclass
class MailBox:
    """What the mail server took; `answers` are given in turn by step, then all is well."""

    letters: list[Envelope] = field(default_factory=list)
    answers: dict[str, list[str]] = field(default_factory=dict)
    break_off_after_data: bool = False
    slow_s: float = 0.0
    port: int = 0

    def _next(self, step: str) -> str | None:
        waiting = self.answers.get(step, [])
        return waiting.pop(0) if waiting else None

    async def handle_MAIL(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        envelope.mail_from = address
        return self._next("mail") or "250 OK"

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        answer = self._next("rcpt")
        if answer is None:
            envelope.rcpt_tos.append(address)
        return answer or "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        answer = self._next("data")
        if answer is None:
            self.letters.append(envelope)
        time.sleep(self.slow_s)
        if self.break_off_after_data:
            server.transport.abort()  # type: ignore[union-attr]
        return answer or "250 Taken as 42"


@contextmanager
def mail_server(box: MailBox, password: str = "") -> Iterator[MailBox]:
    """A real SMTP server on a free port of loopback."""

    def enter(_server: SMTP, _session: Session, _envelope: Envelope, _how: str, data: Any) -> AuthResult:
        good = isinstance(data, LoginPassword) and data.password.decode() == password
        return AuthResult(success=good)

    asks = {"authenticator": enter, "auth_require_tls": False, "auth_required": True} if password else {}
    controller = Controller(box, hostname="127.0.0.1", port=_free_port(), **asks)
    controller.start()
    box.port = controller.port
    try:
        yield box
    finally:
        controller.stop()


@dataclass
class Desk:
    """A text-message gateway: `script` holds what it does with the next requests, then it takes all.

    An entry is (status, headers, body), "reset" (breaks off after reading) or "hang" (never answers).
    """

    script: list[Any] = field(default_factory=list)
    taken: list[dict[str, Any]] = field(default_factory=list)
    asked: list[dict[str, str]] = field(default_factory=list)
    slow_s: float = 0.0
    url: str = ""


@contextmanager
def gateway(desk: Desk) -> Iterator[Desk]:
    """A real HTTP server on a free port of loopback."""
    leave = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            desk.asked.append({**dict(self.headers.items()), "path": self.path})
            act = desk.script.pop(0) if desk.script else (200, {}, {"id": f"gw-{len(desk.taken) + 1}"})
            if act == "hang":
                leave.wait(20)
                return
            if act == "reset":
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
                self.connection.close()
                return
            status, headers, answer = act
            if status < 300:
                desk.taken.append(body)
            time.sleep(desk.slow_s)
            content = json.dumps(answer).encode()
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(content))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *args: Any) -> None:
            """Quietly."""

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: Any, client_address: Any) -> None:
            """A client that went away is what some tests are about."""

    server = Quiet(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    desk.url = f"http://127.0.0.1:{server.server_port}/send"
    try:
        yield desk
    finally:
        leave.set()
        server.shutdown()
        server.server_close()
        thread.join()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
