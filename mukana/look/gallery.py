"""What the gallery shows: every part in every state, with invented people and numbers."""

from __future__ import annotations

from typing import Any

from django import forms

from mukana.look import rules
from mukana.look.drawings import icons

SWATCHES = (
    "ground", "paper", "mist", "bloom", "ink", "ink-2", "line", "edge", "brand", "accent",
    "ok", "ok-bg", "warn", "warn-bg", "bad", "bad-bg", "d1", "d2", "d3", "d4",
)  # fmt: skip


class ContactForm(forms.Form):
    """Stands for any form: a line, an optional area, a choice and a tick."""

    phone = forms.CharField(label="Puhelinnumero", help_text="Esimerkiksi 05 000 1234")
    message = forms.CharField(label="Mitä haluat kysyä", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    when = forms.ChoiceField(
        label="Milloin saa soittaa",
        choices=[("morning", "Aamupäivällä"), ("afternoon", "Iltapäivällä")],
        widget=forms.RadioSelect,
    )
    voicemail = forms.BooleanField(label="Viestin saa jättää vastaajaan", required=False, help_text="Voit muuttaa tätä.")


def content() -> dict[str, Any]:
    """Values of the template, by part."""
    return {
        "themes": rules.THEMES,
        "swatches": SWATCHES,
        "icon_names": icons.names(),
        "clean_form": ContactForm(auto_id="a_%s"),
        "wrong_form": _wrong_form(),
        "chips": _CHIPS,
        "steps": _STEPS,
        "facts": _FACTS,
        "head": _HEAD,
        "rows": _ROWS,
        "empty_ways": [{"label": "Näytä 10 km:n sisältä", "url": "#"}, {"label": "Ilmoita, kun tulee uusi", "url": "#"}],
        "call_ways": [{"label": "Soita 05 000 1200", "url": "tel:0500001200"}],
    }


def _wrong_form() -> ContactForm:
    form = ContactForm({"phone": "05 000 12", "when": "morning"}, auto_id="b_%s")
    form.add_error("phone", "Numerosta puuttuu kaksi numeroa. Tarkista loppu.")
    return form


_CHIPS = [
    {"label": "Enintään 10 km", "url": "#", "on": True},
    {"label": "Päivällä", "url": "#", "on": True},
    {"label": "Maksuton", "url": "#"},
    {"label": "Ei portaita", "url": "#", "icon_name": "wheelchair"},
    {"label": "Lisää ehtoja", "url": "#", "icon_name": "plus"},
]
_STEPS = [
    {"title": "Yksi lankku: asukas on vielä yksin", "state": "done", "alone": True},
    {"title": "Kaksi lankkua: joku kulkee rinnalla", "state": "done"},
    {"title": "Mari soittaa viimeistään ma 30.11.", "text": "Jos ei soita, soita 05 000 1200.", "state": "here"},
    {"title": "Ensimmäinen kerta", "text": "Ritva tulee mukaan.", "state": "todo"},
]
_FACTS = [
    {"icon_name": "door-open", "term": "Sisään", "text": "Ei portaita, oviaukko 90 cm"},
    {"icon_name": "toilet", "term": "WC", "text": "Samassa kerroksessa, tukikahvat"},
    {"icon_name": "ear", "term": "Kuuleminen", "text": "Induktiosilmukka salissa"},
    {"icon_name": "van", "term": "Kyläkyyti kotiovelta, 3 €", "text": "Tilaa edellisenä päivänä klo 15 mennessä."},
]
_HEAD = [{"label": "Ryhmä"}, {"label": "Syksyllä", "number": True}, {"label": "Nyt", "number": True}]


def _row(name: str, autumn: str, now: str) -> list[dict[str, object]]:
    return [
        {"text": name},
        {"text": autumn, "number": True, "label": "Syksyllä"},
        {"text": now, "number": True, "label": "Nyt"},
    ]


_ROWS = [_row("Tuolijumppa, Jaala", "9", "8"), _row("Liikehallintakyvyn harjoitusryhmä", "12", "alle 5")]
