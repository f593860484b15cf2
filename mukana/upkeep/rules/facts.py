"""Which critical field a fact's key belongs to, and what outsiders may propose."""

from __future__ import annotations

_OF_COLUMN = {
    "contact_name": "contact", "phone": "contact", "email": "contact", "url": "contact",
    "schedules": "time", "place_id": "place", "price_kind": "price", "price_cents": "price",
    "registration": "join", "accessibility": "accessibility",
}  # fmt: skip
_OF_TEXT = {"getting_there": "place", "price_note": "price", "join": "join"}
PROPOSABLE = (
    "texts.fi.name", "texts.fi.summary", "texts.fi.description", "texts.fi.join", "texts.fi.price_note",
    "texts.fi.getting_there", "contact_name", "phone", "email", "url",
)  # fmt: skip


def critical_of(key: str) -> tuple[str, ...]:
    """The critical fields that a change of the fact tells about anew."""
    if key == "schedules":
        return ("time", "season")
    if key.startswith("texts."):
        found = _OF_TEXT.get(key.rsplit(".", 1)[1])
    else:
        found = _OF_COLUMN.get(key)
    return (found,) if found else ()
