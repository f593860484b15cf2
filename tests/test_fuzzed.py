"""The interfaces, asked of a served site what nobody would think of: no answer is a server's error, and all are as described."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sites import ROOT, Site, finished

EXAMPLES = os.environ.get("MUKANA_FUZZ", "8")  # of each address
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
MADE = "import django; django.setup()\nfrom mukana.api.tests.services import supply\nsupply(30)"


@pytest.fixture
def filled(site: Site) -> Site:
    environment = {**site.environment, "DJANGO_SETTINGS_MODULE": "mukana.config.settings"}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    finished(subprocess.Popen([sys.executable, "-c", MADE], env=environment, cwd=ROOT, text=True, **pipes))  # type: ignore[call-overload]
    return site


def test_whatever_is_asked_is_answered_as_described(filled: Site, tmp_path: Path) -> None:
    program = Path(sys.executable).parent / "schemathesis"
    with filled.served() as port:
        for name in ("v1", "hsds"):
            address = f"http://127.0.0.1:{port}/{name}"
            words = [
                f"{address}/openapi.json",
                "--url",
                address,
                "--max-examples",
                EXAMPLES,
                "--checks",
                CHECKS,
                "--phases",
                "examples,fuzzing",
            ]
            done = subprocess.run(
                [program, "run", *words, "--mode", "all", "--seed", "1", "--no-color", "--request-timeout", "60"],
                cwd=tmp_path, capture_output=True, text=True, timeout=500, check=False,
            )  # fmt: skip
            assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert "Traceback" not in filled.log
