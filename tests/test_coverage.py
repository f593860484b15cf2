"""`make coverage` measures every module that decides or writes, also one that nothing imports yet."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DECIDE_AND_WRITE = ("**/rules.py", "**/actions.py", "**/actions/*.py", "importers/uploads.py")
MEASURED = sorted({path for pattern in DECIDE_AND_WRITE for path in (ROOT / "mukana").glob(pattern)})


@pytest.mark.parametrize("path", MEASURED, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_that_decides_or_writes_is_measured_whole(path: Path) -> None:
    importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    assert "pragma: no cover" not in path.read_text(encoding="utf-8")
