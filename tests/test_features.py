"""docs/features.md tells the truth: every promised feature has a row, every working one a test that exists."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "docs" / "features.md"
PROMISED = [
    *(f"F{n}" for n in range(1, 8)),
    *(f"G{n}" for n in range(1, 7)),
    *(f"R{n}" for n in range(1, 7)),
    *(f"L{n}" for n in range(1, 11)),
    *(f"A{n}" for n in range(1, 12)),
    *(f"W{n}" for n in range(1, 7)),
    *(f"P{n}" for n in range(1, 7)),
    *(f"X{n}" for n in range(1, 6)),
]
STATES = {"working", "begun", "not yet"}


def rows() -> list[list[str]]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if re.match(r"\|\s*[A-Z]\d+\s*\|", line)]


def test_every_promised_feature_has_one_row() -> None:
    assert sorted(row[0] for row in rows()) == sorted(PROMISED)


def test_every_state_is_known() -> None:
    assert {row[3] for row in rows()} <= STATES


def test_working_and_begun_features_name_tests_that_exist() -> None:
    wrong = []
    for code, _, _, state, tests in rows():
        named = re.findall(r"`([^`]+)`", tests)
        if state == "not yet":
            assert not named, f"{code} is not yet there but names tests"
            continue
        assert named, f"{code} names no test"
        for name in named:
            file, _, function = name.partition("::")
            path = ROOT / file
            if not path.exists() or (function and f"def {function}(" not in path.read_text(encoding="utf-8")):
                wrong.append(f"{code}: {name}")
    assert wrong == []
