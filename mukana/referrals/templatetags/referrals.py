"""What templates of referrals say in their own way: a reference as it is read aloud."""

from __future__ import annotations

from django import template

from mukana.referrals import wording

register = template.Library()


@register.filter
def spoken(reference: str) -> str:
    """A reference in two halves; what is not one stays as it is."""
    return wording.spoken(reference) if reference else ""
