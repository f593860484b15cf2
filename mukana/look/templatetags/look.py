"""Tags and filters of every template; they are builtins, so no `{% load %}` is needed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BoundField
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from mukana.lib import clock, dates, phones, words
from mukana.look import rules
from mukana.look.drawings import home, icons

register = template.Library()


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """Inline drawing of an icon: `{% icon "clock" %}`.  A word must stand beside it."""
    return mark_safe(icons.drawing(name, extra))  # noqa: S308  our own files


@register.simple_tag
def home_drawing() -> SafeString:
    """The picture of the home page: two people on duckboards."""
    return mark_safe(home.drawing())  # noqa: S308  our own shapes


@register.simple_tag(takes_context=True)
def text_of(context: template.Context, thing: Any, field: str) -> rules.Picked:
    """The variant as it is (a list for "steps"), with `.language` and `.foreign`.

    `thing` has `.texts`, or is the texts themselves: `{language: {field: value}}`.
    """
    texts = thing if isinstance(thing, dict) else getattr(thing, "texts", None) or {}
    request = context.get("request")
    order = getattr(request, "text_languages", ("fi",))
    picked = rules.pick(texts, field, order, get_language() or "fi")
    return replace(picked, value=phones.unbroken(picked.value)) if isinstance(picked.value, str) and picked.value else picked


@register.simple_tag(takes_context=True)
def text_plain(context: template.Context, thing: Any, field: str) -> str:
    """Bare words for a title or an attribute."""
    return str(text_of(context, thing, field).value)


@register.simple_tag(takes_context=True)
def text(context: template.Context, thing: Any, field: str) -> SafeString:
    """Words within a line; `lang=` is marked when they are in another language than the page."""
    picked = text_of(context, thing, field)
    if picked.foreign:
        return format_html('<span lang="{}">{}</span>', picked.foreign, picked.value)
    return conditional_escape(picked.value)


@register.simple_tag(takes_context=True)
def text_block(context: template.Context, thing: Any, field: str) -> SafeString:
    """Paragraphs: an empty line parts them, a single line break stays."""
    picked = text_of(context, thing, field)
    return paragraphs(str(picked.value), picked.foreign)


def paragraphs(value: str, language: str = "") -> SafeString:
    """`<p>`s of a plain text; `lang=` on each when `language` is given."""
    blocks = (block.strip() for block in value.replace("\r\n", "\n").split("\n\n"))
    attribute = format_html(' lang="{}"', language) if language else ""
    return format_html_join("\n", "<p{}>{}</p>", ((attribute, _lines(block)) for block in blocks if block))


def _lines(block: str) -> SafeString:
    return format_html_join(mark_safe("<br>"), "{}", ((line,) for line in block.splitlines()))


@register.filter
def fi_date(value: date | datetime | None) -> str:
    """A day as "ti 24.11.", with the year only when it is not this one; "" for nothing."""
    if value is None:
        return ""
    day = dates.as_local(value).date() if isinstance(value, datetime) else value
    return dates.day(day, clock.today(), get_language() or "fi")


@register.filter
def fi_time(value: datetime | None) -> str:
    """Finnish time of day as "10.00"; "" for nothing."""
    return dates.clock(value, get_language() or "fi") if value else ""


@register.simple_tag
def fi_when(start: datetime, end: datetime | None = None, all_day: bool = False) -> SafeString:
    """A happening's time in `<time>`: "ti 24.11. klo 10.00–10.45", "Tänään klo 10.00"."""
    shown = dates.when(start, end, clock.now(), all_day=all_day, language=get_language() or "fi")
    machine = dates.as_local(start)
    stamp = machine.date().isoformat() if all_day else machine.isoformat(timespec="minutes")
    return format_html('<time datetime="{}">{}</time>', stamp, shown)


@register.filter
def fi_money(cents: int | None) -> str:
    """A price as "Maksuton" or "2,50 €"; "" when nobody has told."""
    return "" if cents is None else words.money(cents, get_language() or "fi")


@register.filter
def fi_distance(km: float | None) -> str:
    """A distance as "1,2 km"; "" when it is not known."""
    return "" if km is None else words.distance(km, get_language() or "fi")


@register.filter
def fi_phone(number: str | None) -> str:
    """A number in groups, as people read it aloud."""
    return phones.shown(number) if number else ""


@register.filter
def fi_tel(number: str | None) -> str:
    """A number for `href="tel:…"`: digits and a leading plus only."""
    given = number or ""
    digits = "".join(sign for sign in given if sign.isdigit())
    return f"+{digits}" if given.strip().startswith("+") else digits


@register.filter
def dressed(field: BoundField, classes: str = "in") -> SafeString:
    """A form field's control with our class; Django adds `aria-describedby` and `aria-invalid`."""
    own = field.field.widget.attrs.get("class", "")
    return field.as_widget(attrs={"class": f"{classes} {own}".strip()})


@register.filter
def widget_kind(field: BoundField) -> str:
    """Which part draws the field: "tick", "choices" or "line"."""
    kind = getattr(field.field.widget, "input_type", "")
    if kind == "checkbox" and not hasattr(field.field, "choices"):
        return "tick"
    return "choices" if kind in ("radio", "checkbox") else "line"
