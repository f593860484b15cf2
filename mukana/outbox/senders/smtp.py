"""E-mail by SMTP, step by step, so that what is known of a broken connection is known exactly."""

from __future__ import annotations

import re
import smtplib
import ssl
from dataclasses import dataclass
from email.utils import parseaddr
from urllib.parse import unquote, urlsplit

from mukana.outbox.letters import bare, letter
from mukana.outbox.models import Message
from mukana.outbox.rules import Outcome

_LINE_START_DOT = re.compile(rb"(?m)^\.")
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
Reply = tuple[int, bytes]


class _Unsafe(Exception):
    """The server offers no TLS for a password."""


@dataclass(frozen=True, slots=True)
class _Answer(Exception):
    """The server said no; `step` is mail, rcpt or data."""

    step: str
    reply: Reply


class Smtp:
    """One server; the connection is kept from message to message."""

    name = "smtp"

    def __init__(self, url: str, sender: str, timeout_seconds: float) -> None:
        self._parts = urlsplit(url)
        self._from = sender
        self._timeout = timeout_seconds
        self._server: smtplib.SMTP | None = None

    def send(self, message: Message) -> Outcome:
        """Hand one e-mail over."""
        body = letter(message, self._from)
        try:
            server = self._connected()
            _converse(server, parseaddr(self._from)[1], bare(message.to))
        except _Answer as answer:
            return _no(answer)
        except _Unsafe:
            return Outcome("later", problem="no_tls", down=True)
        except (smtplib.SMTPAuthenticationError, smtplib.SMTPNotSupportedError, UnicodeError) as error:
            self._drop()
            return Outcome("later", problem="login", said=str(error), down=True)
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            return Outcome("later", problem="unreachable", said=str(error), down=True)
        return self._hand_over(server, body)

    def close(self) -> None:
        """Say goodbye when somebody still listens."""
        if self._server is not None:
            try:
                self._server.quit()
            except (OSError, smtplib.SMTPException):
                self._drop()
            self._server = None

    def _hand_over(self, server: smtplib.SMTP, body: bytes) -> Outcome:
        """From here on a broken connection may mean either: only the last reply tells."""
        try:
            server.send(_LINE_START_DOT.sub(b"..", body).rstrip(b"\r\n") + b"\r\n.\r\n")
            reply = server.getreply()
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            return Outcome("unknown", problem="broken_off", said=str(error))
        if reply[0] == 250:
            return Outcome("sent", provider_id=_words(reply)[:200])
        return _no(_Answer("data", reply))

    def _connected(self) -> smtplib.SMTP:
        if self._server is not None:
            self._server.rset()
            return self._server
        host, port = self._parts.hostname or "localhost", self._parts.port or (465 if self._parts.scheme == "smtps" else 587)
        if self._parts.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=self._timeout, context=ssl.create_default_context())
        else:
            server = smtplib.SMTP(host, port, timeout=self._timeout)
        self._server = server
        self._secure(server, host)
        return server

    def _secure(self, server: smtplib.SMTP, host: str) -> None:
        """TLS where it is offered; a password goes only through it, or stays on this machine."""
        server.ehlo()
        if self._parts.scheme != "smtps" and server.has_extn("starttls"):
            server.starttls(context=ssl.create_default_context())
            server.ehlo()
        elif self._parts.scheme != "smtps" and self._parts.username and host not in _LOOPBACK:
            self._drop()
            raise _Unsafe
        if self._parts.username:
            server.login(unquote(self._parts.username), unquote(self._parts.password or ""))

    def _drop(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None


def _converse(server: smtplib.SMTP, sender: str, to: str) -> None:
    """Everything before the letter itself.  Raises _Answer."""
    _expect("mail", server.mail(sender), 250)
    _expect("rcpt", server.rcpt(to), 250, 251)
    server.putcmd("data")
    _expect("data", server.getreply(), 354)


def _expect(step: str, reply: Reply, *wanted: int) -> None:
    if reply[0] not in wanted:
        raise _Answer(step, reply)


def _no(answer: _Answer) -> Outcome:
    """4xx asks to try later; 5xx to the sender is a fault of settings, to the receiver a bounce, to the letter a refusal."""
    code, said = answer.reply[0], f"{answer.reply[0]} {_words(answer.reply)}"
    if not 500 <= code < 600:
        return Outcome("later", problem="busy", said=said, down=code == 421)
    if answer.step == "mail":
        return Outcome("later", problem="login", said=said, down=True)
    if answer.step == "rcpt":
        return Outcome("bounced", problem="no_receiver", said=said)
    return Outcome("refused", problem="refused", said=said)


def _words(reply: Reply) -> str:
    return " ".join(reply[1].decode("utf-8", "replace").split())
