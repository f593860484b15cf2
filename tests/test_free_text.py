"""No form of the house takes an identity code in words that are kept or sent on."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from django import forms
from django.test import Client

import mukana
from mukana.guidance.forms import AcceptanceForm, AgreementForm, ContactForm, GiveForm, UnitForm
from mukana.look.typed import TypedForm
from mukana.referrals.models import Raising
from mukana.referrals.tests import make

CODE = "hetuni on 131052-308T"
# Forms whose words are not kept as they are, each with the reason.
OTHERWISE = {
    "mukana.accounts.forms.AgainCodeForm": "a code of one's own device",
    "mukana.accounts.forms.FirstCodeForm": "a code of one's own device",
    "mukana.accounts.forms.LoginCodeForm": "a code that is compared",
    "mukana.accounts.forms.SecondCodeForm": "a code that is compared",
    "mukana.accounts.forms.RoleForm": "finds an organisation",
    "mukana.alerts.forms.WishForm": "a trap that nobody fills",
    "mukana.audit.forms.TraceForm": "searches",
    "mukana.guidance.forms.WishForm": "read once, kept nowhere",
    "mukana.importers.forms.SourceForm": "a source's name and licence, by the main user",
    "mukana.importers.forms.TableForm": "who gave a table of public facts",
    "mukana.outbox.forms.MessagesForm": "searches",
    "mukana.search.lexicon.forms.ConceptForm": "words of search",
    "mukana.upkeep.forms.entry.EntryForm": "public facts, cleaned by lib.text where they are written",
    "mukana.upkeep.forms.schedule.ScheduleForm": "days and hours that are read as such",
    "mukana.upkeep.forms.small.MoveForm": "searches",
    "mukana.upkeep.forms.small.NewEntryForm": "a public name, cleaned by lib.text where it is written",
    "mukana.web.forms.PlaceForm": "finds a place",
}


def forms_with_words() -> Iterator[type[forms.Form]]:
    for module in pkgutil.walk_packages(mukana.__path__, "mukana."):
        if ".forms" in module.name and ".tests" not in module.name:
            importlib.import_module(module.name)
    todo: list[type[forms.Form]] = [forms.Form]
    while todo:
        for form in todo.pop().__subclasses__():
            todo.append(form)
            if (
                form.__module__.startswith("mukana.")
                and ".forms" in form.__module__
                and any(_words(field) for field in form.base_fields.values())
            ):
                yield form


def _words(field: forms.Field) -> bool:
    return type(field) is forms.CharField and not field.widget.is_hidden


def test_every_form_with_words_refuses_identity_codes_or_says_why_not() -> None:
    found = {f"{form.__module__}.{form.__qualname__}": form for form in forms_with_words()}
    assert len(found) > 30
    open_doors = {name for name, form in found.items() if not issubclass(form, TypedForm)}
    assert open_doors == set(OTHERWISE)


@pytest.mark.parametrize("form", [ContactForm, AgreementForm, AcceptanceForm, UnitForm, GiveForm])
def test_no_field_of_words_in_guidance_takes_an_identity_code(form: type[forms.Form]) -> None:
    names = [name for name, field in form.base_fields.items() if _words(field)]
    errors = form(dict.fromkeys(names, CODE)).errors.as_data()
    assert {name for name in names if any(error.code == "identifier" for error in errors.get(name, []))} == set(names)


def test_fields_that_a_form_adds_later_refuse_them_too() -> None:
    class Late(TypedForm):
        def __init__(self, data: dict[str, str]) -> None:
            super().__init__(data)
            self.fields["myohemmin"] = forms.CharField()

    assert Late({"myohemmin": CODE}).errors.as_data()["myohemmin"][0].code == "identifier"
    assert Late({"myohemmin": "tiistaisin klo 10"}).is_valid()


@pytest.mark.django_db
def test_a_no_is_not_counted_under_a_unit_that_holds_an_identity_code() -> None:
    make.area()
    browser = Client()
    browser.force_login(make.person("professional", "Noora Hoitaja"))
    told = {"toimi": "ei", "kunta": "297", "yksikko": "Aino 131052-308T", "kerran": "3f1c0b6e-0d5f-4e3d-9a43-4a5fb2d9c111"}
    answer = browser.post("/tyopoyta/laheta/", told)
    assert (answer.status_code, "henkilötunnus" in answer.content.decode()) == (422, True)
    assert not Raising.objects.exists()
    assert browser.post("/tyopoyta/laheta/", {**told, "yksikko": "Puijon terveysasema"}).status_code == 302
    assert Raising.objects.get().unit == "Puijon terveysasema"
