"""Every deed that is written down has a Finnish name, and so has every thing it was done to."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import mukana
from mukana.audit.rules import thing_words, verb_words

ROOT = Path(mukana.__file__).parent
WRITERS = {"record", "trace", "_trace"}  # of mukana.audit.actions, and the apps' own short forms of it
_THING = re.compile(r"([a-z]+\.[A-Z][A-Za-z]+):")


def calls() -> Iterator[tuple[Path, ast.Call]]:
    for path in sorted(ROOT.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if "tests" in path.parts or not ("audit.actions import" in text or "actions.history import" in text):
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in WRITERS and node.args:
                yield path, node


def words_in(node: ast.AST) -> set[str]:
    return {one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str)}


def verbs(node: ast.expr) -> set[str]:
    if isinstance(node, ast.IfExp):
        return verbs(node.body) | verbs(node.orelse)
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


def test_every_verb_has_a_finnish_name() -> None:
    found = {verb for _path, call in calls() for verb in verbs(call.args[0])}
    assert len(found) > 60, "the calls are found"
    assert [verb for verb in sorted(found) if verb_words(verb) == verb] == []


def test_every_thing_has_a_finnish_name() -> None:
    found = {sort for _path, call in calls() for word in words_in(call) for sort in _THING.findall(word)}
    assert "upkeep.Link" in found
    assert [sort for sort in sorted(found) if thing_words(f"{sort}:1")[0] == sort] == []
