"""The themes as pages know them: a file of the data folder, read again when it changes; no page asks the database."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.urls import reverse

from mukana.themes.models import Theme
from mukana.themes.rules import Given


@dataclass(frozen=True, slots=True)
class SiteTheme:
    """A theme as templates use it."""

    slug: str
    name: str
    given: Given
    hosts: tuple[str, ...]
    everywhere: bool
    logo_width: int  # 0: no logo
    version: str

    @property
    def css_url(self) -> str:
        """Changes with the theme, so it may be kept for a year."""
        return f"{reverse('theme_css', args=[self.slug])}?v={self.version}"

    @property
    def logo_url(self) -> str:
        """The picture, kept for as long."""
        return f"{reverse('theme_logo', args=[self.slug])}?v={self.version}"


Stamp = tuple[str, int, int]
_held: tuple[Stamp, tuple[SiteTheme, ...]] = (("", 0, 0), ())


def themes() -> tuple[SiteTheme, ...]:
    """Every theme; costs one look at the file when nothing has changed."""
    global _held  # noqa: PLW0603  one value for the process, replaced whole
    stamp = _stamp()
    if stamp is None:
        return ()
    if _held[0] != stamp:
        rows = json.loads(_path().read_text(encoding="utf-8"))
        _held = stamp, tuple(SiteTheme(**{**row, "given": Given(**row["given"]), "hosts": tuple(row["hosts"])}) for row in rows)
    return _held[1]


def theme_of(slug: str) -> SiteTheme | None:
    """The theme of that name."""
    return next((one for one in themes() if one.slug == slug), None)


def theme_at(host: str) -> SiteTheme | None:
    """The theme of a host name, else the site's own."""
    name = host.rpartition(":")[0] if ":" in host and not host.endswith("]") else host
    found = themes()
    return next((one for one in found if name.lower() in one.hosts), None) or next((one for one in found if one.everywhere), None)


def shown(theme: Theme) -> SiteTheme:
    """A theme of the database as pages know it."""
    version = f"{int(theme.saved_at.timestamp() * 1000):x}"
    facts = (theme.slug, theme.name, theme.given, tuple(theme.hosts), theme.everywhere, theme.logo_width)
    return SiteTheme(*facts, version)


def write() -> bool:
    """Put the database's themes into the file.  False when it held them already."""
    rows = [asdict(shown(theme)) for theme in Theme.objects.defer("logo")]
    text = json.dumps(rows, ensure_ascii=False)
    path = _path()
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    if not rows and not path.exists():
        return False
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    unfinished.write_text(text, encoding="utf-8")
    unfinished.replace(path)
    return True


def _path() -> Path:
    return Path(settings.DATA) / "themes.json"


def _stamp() -> Stamp | None:
    try:
        found = os.stat(_path())
    except FileNotFoundError:
        return None
    return str(_path()), found.st_mtime_ns, found.st_ino
