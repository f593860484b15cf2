"""Counting once for each page that was opened, without knowing who opened it.

A page of questions carries a number that the server has signed; answers that come with the same number again, by a
reload, the back button or another try on the same page, are not counted again.  Used numbers are forgotten in half a
day.  There is no cookie, and nothing ties a number to a person or to another page; a robot that posts without having
been given a number is not counted at all.
"""

from __future__ import annotations

from uuid import uuid4

from django.core import signing
from django.core.cache import cache

HOURS = 12
_SALT = "guidance.page"


def fresh() -> str:
    """A number for a page that is opened now."""
    return signing.TimestampSigner(salt=_SALT).sign(uuid4().hex)


def first_time(number: str, what: str) -> bool:
    """Is this the first time that this is to be counted for that page?"""
    try:
        page = signing.TimestampSigner(salt=_SALT).unsign(number, max_age=HOURS * 3600)
    except signing.BadSignature:
        return False
    return cache.add(f"guidance.{what}.{page}", 1, HOURS * 3600)
