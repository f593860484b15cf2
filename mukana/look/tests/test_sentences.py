"""Forms say in plain Finnish what is missing, whichever field it is."""

from __future__ import annotations

import pytest
from django import forms


class Everything(forms.Form):
    words = forms.CharField(max_length=3)
    address = forms.URLField(assume_scheme="https")
    email = forms.EmailField()
    one = forms.ChoiceField(choices=[("a", "A")])
    number = forms.IntegerField(min_value=2, max_value=4)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("words", "", "Täytä tämä."),
        ("words", "neljä", "Teksti on liian pitkä: enintään 3 merkkiä, nyt 5."),
        ("address", "ei ole", "Kirjoita verkko-osoite näin: https://esimerkki.fi."),
        ("address", "https://[x", "Kirjoita verkko-osoite näin: https://esimerkki.fi."),
        ("email", "raili", "Tästä puuttuu jotain. Osoite on muotoa nimi@paikka.fi."),
        ("one", "", "Valitse yksi."),
        ("one", "b", "”b” ei ole luettelossa. Valitse yksi."),
        ("number", "x", "Kirjoita luku numeroina."),
        ("number", "1", "Luku on liian pieni: vähintään 2."),
        ("number", "5", "Luku on liian suuri: enintään 4."),
    ],
)
def test_every_field_tells_plainly_what_is_wrong(field: str, value: str, sentence: str) -> None:
    assert Everything({field: value}).errors[field] == [sentence]
