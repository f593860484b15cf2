"""I/O: columns by which a sealed text is found again: a keyed digest of it, of which nobody without the site's key can tell what it is of.

The key of the digests is derived from each field key, so one backup of keys is enough and `mukana rotate-keys` renews both.
A digest is cut to forty bits and bound to its column: it is enough to find few, too little to be sure; what is found is
opened and compared.
"""

from __future__ import annotations

import hmac
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import models

from mukana.lib import phones
from mukana.lib.secretbox import named

LABEL = b"mukana blind index 1"
BYTES = 5
LENGTH = 8 + 1 + 2 * BYTES  # the key's name, a dot, the digest in hex
Fold = Callable[[str], str]


class Blinder:
    """Digests with the first key, and with all of them for looking up while keys are being changed."""

    def __init__(self, keys: Sequence[str]) -> None:
        pairs = [named(key) for key in keys]
        self._keys = [(name, hmac.new(raw, LABEL, sha256).digest()) for name, raw in pairs]

    def tags(self, text: str, about: str) -> list[str]:
        """The digests of the folded text, the first key's first; none of nothing."""
        if not text:
            return []
        words = f"{about}\0{text}".encode()
        return [f"{name}.{hmac.new(key, words, sha256).hexdigest()[: 2 * BYTES]}" for name, key in self._keys]

    @property
    def prefix(self) -> str:
        """How every digest of the first key begins."""
        return f"{self._keys[0][0]}."


@lru_cache(maxsize=4)
def _blinder(keys: tuple[str, ...]) -> Blinder:
    return Blinder(keys)


def blinder() -> Blinder:
    """The site's, with the keys of `MUKANA_FIELD_KEYS`."""
    return _blinder(tuple(settings.FIELD_KEYS))


class BlindIndex(models.CharField):  # type: ignore[type-arg]  # generic only in the stubs
    """The digest of another column of the row, `of`, as `fold` makes it; written whenever the row is, "" when there is nothing."""

    def __init__(self, *args: Any, of: str, fold: Fold, **more: Any) -> None:
        self.of, self.fold = of, fold
        super().__init__(*args, **{"max_length": LENGTH, "blank": True, "default": "", "editable": False, **more})

    def deconstruct(self) -> Any:
        """For migrations."""
        name, path, args, more = super().deconstruct()
        return name, path, args, {**more, "of": self.of, "fold": self.fold}

    @property
    def about(self) -> str:
        """What the digest is bound to: its table and column."""
        return f"{self.model._meta.db_table}.{self.column}"

    def tags(self, text: str) -> list[str]:
        """What a row with this text has here, by whichever of the site's keys."""
        return blinder().tags(self.fold(text), self.about)

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # Django's own shape
        """The digest of what the row holds now."""
        tag = next(iter(self.tags(getattr(model_instance, self.of))), "")
        setattr(model_instance, self.attname, tag)
        return tag


def tags_of(model: type[models.Model], column: str, text: str) -> list[str]:
    """What rows of the model with this text may have in the column; none when the text is nothing to look for."""
    field = model._meta.get_field(column)
    assert isinstance(field, BlindIndex)
    return field.tags(text)


def blind_columns(model: type[models.Model]) -> list[BlindIndex]:
    """The model's digests."""
    return [field for field in model._meta.concrete_fields if isinstance(field, BlindIndex)]


def phone_key(text: str) -> str:
    """A phone number in one shape; "" when it is none, or a short one that belongs to nobody."""
    number = phones.normal(text)
    return number if number.startswith("+") else ""


def name_key(text: str) -> str:
    """A whole name in one shape: its folded words in a steady order; "" of a single word, which is no whole name."""
    words = unicodedata.normalize("NFKC", text).casefold().split()
    return " ".join(sorted(words)) if len(words) > 1 else ""
