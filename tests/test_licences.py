"""docs/licences.md is whole and true: packages, data folders and assets, each under terms that AGPL-3.0 allows."""

from __future__ import annotations

import hashlib
import re
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
AGPL_3 = "0d96a4ff68ad6d4b6f1f30f713b18d5184912ba8dd389f86aa7710db079abcb0"  # sha256 of the text as the FSF publishes it

# licence → words by which packages' metadata speak of it
CODE = {
    "Apache-2.0": ("apache",),
    "BSD-2-Clause": ("bsd",),
    "BSD-3-Clause": ("bsd",),
    "GPL-2.0-or-later": ("gplv2+",),
    "GPL-3.0-or-later": ("gplv3+", "gpl-3.0-or-later"),
    "ISC": ("isc",),
    "LGPL-2.0-or-later": ("lgplv2+",),
    "LGPL-3.0-only": ("lgpl-3.0-only",),
    "LGPL-3.0-or-later": ("lgplv3+", "lgpl-3.0-or-later"),
    "MIT": ("mit",),
    "MIT-0": ("mit-0",),
    "MIT-CMU": ("mit-cmu",),
    "MPL-2.0": ("mpl-2.0", "mpl 2.0"),
    "PSF-2.0": ("psf", "python software foundation"),
}
TOOLS = {"CNRI-Python": ("cnri-python",)}  # for what developers run and nobody passes on
IN_A_CHOICE = {"MPL-1.1": ("mpl 1.1",)}  # only as one side of an "or"
DATA = {"AGPL-3.0-or-later", "CC BY 4.0", "CC0-1.0", "MIT", "OFL-1.1"}
SILENT = {"axe-playwright-python"}  # says its licence in a file only

DATA_SUFFIXES = {".tsv", ".csv", ".jsonl", ".geojson", ".gpx", ".ics", ".xlsx", ".pbf"}
ASSET_SUFFIXES = {".woff2", ".woff", ".ttf", ".otf", ".svg", ".png", ".jpg", ".webp", ".mp3", ".mp4"}


def pins(name: str) -> set[str]:
    lines = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return {line.partition("==")[0].strip() for line in lines if "==" in line}


def section(title: str) -> list[list[str]]:
    """Cells of every table row under the `##` heading that begins so."""
    body = re.split(r"^## ", PAGE, flags=re.MULTILINE)
    (text,) = [part for part in body if part.startswith(title)]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("| `")]
    return [[cells[0].strip("`"), *cells[1:]] for cells in rows]


RUN, DEVELOP = section("What a site runs"), section("What developing adds")
FOLDERS, ASSETS = section("Data"), section("Assets")


def names(rows: list[list[str]]) -> list[str]:
    return sorted(row[0] for row in rows)


def test_every_pinned_package_has_one_row_and_every_row_a_pin() -> None:
    assert names(RUN) == sorted(pins("base"))
    assert names(DEVELOP) == sorted(pins("dev") - pins("base"))


def test_every_package_says_why_it_is_here() -> None:
    assert [row[0] for row in RUN + DEVELOP if len(row) != 3 or not row[2]] == []


def allowed(licence: str, parts: dict[str, tuple[str, ...]]) -> bool:
    """Is one side of every "or" whole of allowed licences?"""
    return any(all(part in parts for part in side.split(" AND ")) for side in licence.split(" OR "))


def test_what_a_site_runs_may_be_combined_with_agpl_3() -> None:
    assert [row[:2] for row in RUN if not allowed(row[1], CODE)] == []


def test_what_developers_run_may_stand_beside_it() -> None:
    assert [row[:2] for row in DEVELOP if not allowed(row[1], CODE | TOOLS)] == []


def declared(package: str) -> str:
    """Everything the installed package says of its licence, in small letters."""
    told = metadata(package)
    classifiers = [line for line in told.get_all("Classifier") or [] if line.startswith("License")]
    return " ".join([told.get("License-Expression") or "", (told.get("License") or "")[:100], *classifiers]).lower()


@pytest.mark.parametrize(("package", "licence"), [row[:2] for row in RUN + DEVELOP], ids=names(RUN + DEVELOP))
def test_a_licence_is_what_the_installed_package_says(package: str, licence: str) -> None:
    try:
        words = declared(package)
    except PackageNotFoundError:
        pytest.skip("not installed on this system")
    if package in SILENT:
        assert "licen" not in words
        return
    known = CODE | TOOLS | IN_A_CHOICE
    assert all(any(word in words for word in known[part]) for part in re.split(" AND | OR ", licence)), words


def holding(suffixes: set[str]) -> set[str]:
    """Folders of the package that hold such files, tests' own small samples aside."""
    found = {path.parent for path in (ROOT / "mukana").rglob("*") if path.suffix in suffixes}
    found |= {path for path in (ROOT / "mukana").rglob("data") if path.is_dir()} if ".tsv" in suffixes else set()
    return {str(path.relative_to(ROOT)) for path in found}


def without_row(folders: set[str], rows: list[list[str]]) -> list[str]:
    return sorted(folder for folder in folders if not any(folder == row[0] or folder.startswith(f"{row[0]}/") for row in rows))


def test_every_data_folder_has_a_row_and_every_row_a_folder() -> None:
    assert without_row(holding(DATA_SUFFIXES), FOLDERS) == []
    assert [row[0] for row in FOLDERS if not (ROOT / row[0]).is_dir()] == []


def test_every_asset_folder_has_a_row_with_a_notice_that_exists() -> None:
    assert without_row(holding(ASSET_SUFFIXES), ASSETS) == []
    assert [row[0] for row in ASSETS if row[4] != "–" and not (ROOT / row[0] / row[4].strip("`")).is_file()] == []
    assert [row[0] for row in ASSETS if row[4] == "–" and row[2] != "AGPL-3.0-or-later"] == []


@pytest.mark.parametrize("row", FOLDERS + ASSETS, ids=lambda row: row[0])
def test_data_and_assets_may_be_passed_on_and_name_their_source(row: list[str]) -> None:
    told = re.split(r"; | and ", row[2])
    assert [words for words in told if not any(words.endswith(licence) for licence in DATA)] == []
    assert row[3]


def test_the_licence_of_mukana_is_the_whole_agpl_3() -> None:
    assert hashlib.sha256((ROOT / "LICENSE").read_bytes()).hexdigest() == AGPL_3
    assert 'license = { text = "AGPL-3.0-or-later" }' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
