"""What the documents name exists: make's verbs, commands, settings, files; decisions say why."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mukana.config.cli import COMMANDS

ROOT = Path(__file__).resolve().parent.parent
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), *DECISIONS]
RUNNING = ROOT / "docs" / "running.md"
SETTING = re.compile(r"\bMUKANA_[A-Z_]+\b")
HELPERS_OF_TESTS = ("testenv.py", "testing.py")


def by_name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def code(page: Path) -> list[str]:
    """Blocks and spans of code."""
    text = page.read_text(encoding="utf-8")
    blocks = re.findall(r"^```.*?^```", text, re.DOTALL | re.MULTILINE)
    return blocks + re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE))


def named(page: Path, pattern: str) -> set[str]:
    return {word for piece in code(page) for word in re.findall(pattern, piece, re.MULTILINE)}


@pytest.mark.parametrize("page", PAGES, ids=by_name)
def test_every_make_verb_named_exists(page: Path) -> None:
    verbs = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert named(page, r"(?:^|\s)make ([a-z-]+)") - verbs == set()


@pytest.mark.parametrize("page", PAGES, ids=by_name)
def test_every_command_named_exists(page: Path) -> None:
    assert named(page, r"(?:^|[\s/])mukana ([a-z][a-z-]*)") - COMMANDS.keys() == set()


def test_every_command_is_named_somewhere() -> None:
    assert COMMANDS.keys() - {word for page in PAGES for word in named(page, r"(?:^|[\s/])mukana ([a-z][a-z-]*)")} == set()


@pytest.mark.parametrize("page", PAGES, ids=by_name)
def test_every_relative_link_and_picture_is_there(page: Path) -> None:
    targets = re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8"))
    near = [target.partition("#")[0] for target in targets if not re.match(r"[a-z]+:|#", target)]
    assert [target for target in near if not (page.parent / target).exists()] == []


def settings_told(heading: str) -> set[str]:
    """Names in the first column of the table under the heading."""
    (text,) = re.findall(rf"^## {heading}$(.*?)(?=^## |\Z)", RUNNING.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    return {name for line in text.splitlines() if line.startswith("| `") for name in SETTING.findall(line.split("|")[1])}


def settings_read(paths: list[Path]) -> set[str]:
    reading = re.compile(r"environ(?:\.get\(|\[|\.setdefault\()\s*\"(MUKANA_[A-Z_]+)\"")
    return {name for path in paths for name in reading.findall(path.read_text(encoding="utf-8"))}


def of_tests(path: Path) -> bool:
    return "tests" in path.parts or path.name in HELPERS_OF_TESTS


def test_every_setting_told_is_read_and_every_one_read_is_told() -> None:
    product = [path for path in (ROOT / "mukana").rglob("*.py") if not of_tests(path)]
    assert settings_read(product) - settings_told("Settings of tests") == settings_told("Settings")


def test_every_setting_of_tests_told_is_read() -> None:
    places = [*(ROOT / "tests").rglob("*.py"), *(ROOT / "mukana").rglob("*.py")]
    assert settings_told("Settings of tests") == settings_read(places) - settings_told("Settings")


def test_the_example_of_an_environment_lists_every_setting_once_and_sets_none() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    assert sorted(re.findall(r"^# (MUKANA_[A-Z_]+)=", "\n".join(lines), re.MULTILINE)) == sorted(settings_told("Settings"))
    assert [line for line in lines if line and not line.startswith("#")] == []


@pytest.mark.parametrize("page", DECISIONS, ids=by_name)
def test_a_decision_tells_its_context_itself_and_its_consequences_in_half_a_page(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    places = [text.find(f"**{part}.**") for part in ("Context", "Decision", "Consequences")]
    assert -1 < places[0] < places[1] < places[2]
    assert text.startswith(f"# {int(page.name[:4])}. ")
    assert len(text.split()) <= 300


def test_decisions_are_numbered_without_gaps() -> None:
    assert [int(page.name[:4]) for page in DECISIONS] == list(range(1, len(DECISIONS) + 1))
