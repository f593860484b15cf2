"""`mukana serve` says why it ended."""

from __future__ import annotations

import signal
from io import StringIO

import pytest
from django.core.management import call_command

from mukana.web.management.commands import serve


@pytest.mark.parametrize(
    ("code", "said"),
    [(0, "ilman virhettä"), (3, "paluuarvo 3"), (-signal.SIGKILL, "muistin loppuminen"), (-signal.SIGSEGV, "SIGSEGV")],
)
def test_a_server_that_ends_by_itself_is_told_with_its_reason(code: int, said: str) -> None:
    assert said in serve.why_ended(code)


def served(monkeypatch: pytest.MonkeyPatch, run: object) -> tuple[StringIO, StringIO]:
    for name, stand_in in (("check_port", None), ("prepare", None), ("tell_address", None), ("run", run)):
        monkeypatch.setattr(serve, name, stand_in or (lambda *_args: None))
    monkeypatch.setattr(serve.signal, "signal", lambda *_args: None)
    monkeypatch.setenv("MUKANA_BASE_URL", "http://localhost:8000")
    return StringIO(), StringIO()


def test_the_end_that_was_asked_for_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def ask_to_end(*_commands: list[str]) -> int:
        raise KeyboardInterrupt

    out, err = served(monkeypatch, ask_to_end)
    call_command("serve", stdout=out, stderr=err)
    assert "Mukana lopetti: sitä pyydettiin lopettamaan." in out.getvalue()


def test_a_broken_server_ends_the_command_with_its_code(monkeypatch: pytest.MonkeyPatch) -> None:
    out, err = served(monkeypatch, lambda *_commands: 7)
    with pytest.raises(SystemExit) as ended:
        call_command("serve", stdout=out, stderr=err)
    assert ended.value.code == 7
    assert "paluuarvo 7" in err.getvalue()
