"""I/O: help for tests (needs pytest)."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

_SCAN = re.compile(r"SCAN (\w+)")


def shared_path(relative: str) -> Path:
    """A file of the material folder named by the environment variable `MUKANA_SHARED`.

    The test is skipped when the variable is unset, and fails when it is set but the
    file is missing, so that a mistyped name never passes silently.
    """
    folder = os.environ.get("MUKANA_SHARED", "")
    if not folder:
        pytest.skip("MUKANA_SHARED is not set")
    path = Path(folder) / relative
    if not path.exists():
        pytest.fail(f"{path} is missing")
    return path


@contextmanager
def whole_readings(tables: Collection[str]) -> Iterator[list[str]]:
    """Statements that read one of the tables from end to end, listed as they are asked in the block.

    By an index from end to end is read too: it takes ten times as long among ten times as many.
    The test is skipped on PostgreSQL, whose plans hang on how much there is.
    """
    if connection.vendor != "sqlite":
        pytest.skip("plans of statements are read from SQLite")
    found: list[str] = []

    def explained(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if sql.startswith("SELECT"):
            found.extend(f"{step}: {sql}" for step in _steps(sql, params) if _table_read(step, sql) in tables)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explained):
        yield found


def _steps(sql: str, params: Any) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
        return [row[-1] for row in cursor.fetchall()]


def _table_read(step: str, sql: str) -> str:
    """The table that a step of a plan reads from end to end, "" for none; the step names it as the statement does."""
    if (scan := _SCAN.match(step)) is None:
        return ""
    named = re.search(rf'"(\w+)" "?{scan[1]}"?\b', sql)
    return named[1] if named else scan[1]
