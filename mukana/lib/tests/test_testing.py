from pathlib import Path

import pytest

from mukana.lib.testing import shared_path


def test_shared_material_is_skipped_when_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MUKANA_SHARED", raising=False)
    with pytest.raises(pytest.skip.Exception):
        shared_path("data/README.md")


def test_a_missing_shared_file_fails(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MUKANA_SHARED", str(tmp_path))
    with pytest.raises(pytest.fail.Exception):
        shared_path("nothing.json")
    (tmp_path / "some.json").write_text("{}")
    assert shared_path("some.json").name == "some.json"
