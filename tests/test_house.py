"""The rules of the house that no linter sees."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

from mukana.accounts.rules import PERMISSIONS, ROLES

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "mukana"
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
LAYERS = next(contract["layers"] for contract in CONTRACTS if contract["id"] == "order")
RANK = {app.strip(): -height for height, layer in enumerate(LAYERS) for app in layer.split("|")}  # config highest
LONGEST = 400
THIRD_PARTY_HOSTS = re.compile(r"(fonts\.googleapis|unpkg\.com|cdnjs|jsdelivr|googletagmanager)")


def sources() -> list[Path]:
    return [path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts]


def templates() -> list[Path]:
    return [path for path in PACKAGE.rglob("*.html") if "tests" not in path.parts]


def app_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0]


def views(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, object]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns, prefix + str(pattern.pattern))
        else:
            yield prefix + str(pattern.pattern), pattern.callback


def test_every_address_says_who_may_open_it() -> None:
    silent = [route for route, view in views(get_resolver().url_patterns) if getattr(view, "permission", None) not in PERMISSIONS]
    assert silent == []


def test_every_role_has_known_permissions_and_every_permission_a_sentence() -> None:
    assert all(permission in PERMISSIONS for _, permissions in ROLES.values() for permission in permissions)
    assert all(sentence.endswith(".") for sentence in PERMISSIONS.values())


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_file_is_too_long_to_hold(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


def test_foreign_keys_point_downwards() -> None:
    wrong = []
    for model in apps.get_models():
        if not model.__module__.startswith("mukana."):
            continue
        for field in model._meta.get_fields():
            target = field.related_model if field.concrete and field.is_relation else None
            if target is None or not target.__module__.startswith("mukana."):
                continue
            if RANK[target._meta.app_label] > RANK[model._meta.app_label]:
                wrong.append(f"{model.__name__}.{field.name} → {target.__name__}")
    assert wrong == []


def test_templates_extend_and_include_downwards() -> None:
    wrong = []
    for path in templates():
        for target in re.findall(r'{%\s*(?:include|extends)\s+"(\w+)/', path.read_text(encoding="utf-8")):
            if target in RANK and RANK[target] > RANK[app_of(path)]:
                wrong.append(f"{path.relative_to(PACKAGE)} → {target}")
    assert wrong == []


def test_no_template_has_inline_style_script_or_handler() -> None:
    pattern = re.compile(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son\w+=\"", re.IGNORECASE)
    assert [str(path) for path in templates() if pattern.search(path.read_text(encoding="utf-8"))] == []


def test_no_page_asks_a_third_party() -> None:
    files = [*templates(), *PACKAGE.rglob("*.css"), *(path for path in PACKAGE.rglob("*.js"))]
    assert [str(path) for path in files if THIRD_PARTY_HOSTS.search(path.read_text(encoding="utf-8"))] == []


def test_every_app_has_a_half_page_readme() -> None:
    missing = [app for app in RANK if app != "config" and not (PACKAGE / app / "README.md").exists()]
    assert missing == []


def test_data_folders_name_their_licence() -> None:
    folders = [path for path in PACKAGE.rglob("data") if path.is_dir()]
    named = [path for path in folders if any("licen" in file.read_text(encoding="utf-8").lower() for file in path.glob("*.md"))]
    assert [str(path) for path in folders if path not in named] == []
