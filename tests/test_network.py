"""No test reaches the internet, and no page asks it to."""

from __future__ import annotations

import socket

import pytest


def test_a_test_that_calls_outside_is_refused() -> None:
    with socket.socket() as outside, pytest.raises(OSError, match="outside"):
        outside.connect(("192.0.2.1", 80))
