"""What is asked when somebody is referred: as little as the work needs, the same on screen, on paper and by oneself."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import uuid4

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mukana.accounts.models import Person
from mukana.lib import emails, phones
from mukana.look.typed import TypedForm
from mukana.organisations.models import Municipality
from mukana.referrals import labels
from mukana.referrals.actions.permitting import Given
from mukana.referrals.actions.referring import Form, Who
from mukana.referrals.forms.refer_fields import LANGUAGES, chips, line, one_of
from mukana.referrals.queries.served import served
from mukana.referrals.refusals import words_of
from mukana.referrals.rules.codes import AREA, CONTACT, LANGUAGE, NAME, NEEDS, PRACTICAL, PRACTICALITIES, WISH, Refused
from mukana.referrals.rules.reaching import EMAIL, IN_PERSON, LETTER, SMS, WAYS, Reach, usable
from mukana.referrals.rules.writing import LONGEST_WISH, check_free_text
from mukana.upkeep.queries.contact import MOBILE

LONGEST_NAME = 80
SHORTEST_PHONE = len("+358191234")  # a short old number of a landline
ALL_WELL, NOT_ALL = "kaikki", "rajattu"
GROUPS = {
    "referral": (AREA, WISH, PRACTICALITIES, LANGUAGE, NAME, CONTACT),
    "companion": (NAME, CONTACT, PRACTICALITIES),
}
_ADDRESS = {"street": "katu", "postal_code": "postinumero", "city": "paikkakunta"}


class ReferForm(TypedForm):
    """The one-minute referral.  Tells what can be mended on the page; whether it may be done is the action's to say."""

    FREE: ClassVar[tuple[str, ...]] = ("nimi", "toive", "katu", "postinumero", "paikkakunta", "yksikko")
    METHOD: ClassVar[str] = "oral"  # how a permission was given where the form does not ask
    WORDS: ClassVar[dict[str, Any]] = {}  # labels that another door says otherwise
    other_ways: ClassVar[Promise] = _("Sähköposti, osoite tai toivottu tapa")

    kerran = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    tarpeet = chips(_("Mitä asukas kaipaa?"), [(code, labels.NEEDS[code]) for code in NEEDS])
    toive = forms.CharField(
        label=_("Asukkaan toive omin sanoin"), help_text=_("Ei diagnooseja eikä henkilötunnusta."), required=False,
        max_length=LONGEST_WISH, widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )  # fmt: skip
    nimi = line(_("Nimi"), LONGEST_NAME, required=True, printed=True)
    puhelin = line(_("Puhelin"), 40, inputmode="tel")
    sahkoposti = line(_("Sähköposti"), 254, inputmode="email")
    katu = line(_("Katuosoite"), 120, printed=True)
    postinumero = line(_("Postinumero"), 10, inputmode="numeric")
    paikkakunta = line(_("Postitoimipaikka"), 60, printed=True)
    ika = one_of(_("Ikä"), labels.AGE_BANDS.items(), initial="unknown")
    kunta = forms.ChoiceField(
        label=_("Asuinkunta"),
        error_messages={"invalid_choice": _("Tässä kunnassa kukaan ei vielä ota pyyntöjä vastaan. Valitse kunta luettelosta.")},
    )
    apu = chips(_("Mitä pitää ottaa huomioon?"), [(code, labels.PRACTICAL[code]) for code in PRACTICAL])
    saattaja = forms.BooleanField(label=_("Haluaa saattajan"), required=False)
    kieli = forms.ChoiceField(label=_("Kieli"), choices=LANGUAGES, initial="fi")
    kiire = forms.BooleanField(label=_("Kiireellinen: soitetaan seuraavana arkipäivänä"), required=False)
    turva = one_of(
        _("Saako soittaa, lähettää viestin ja jättää viestin vastaajaan?"),
        [(ALL_WELL, _("Kyllä, kaikki käy")), (NOT_ALL, _("Jokin ei käy"))],
        required=True,
        error_messages={"required": _("Kysy tämä. Väärä viesti voi olla asukkaalle vaaraksi.")},
    )
    kielletty = chips(_("Mikä ei käy?"), labels.SAFE.items())
    turvakielto = forms.BooleanField(label=_("Turvakielto"), help_text=_("Osoitetta ei tallenneta eikä kirjeitä lähetetä."), required=False)
    tapa = one_of(
        _("Miten asukas haluaa kuulla meistä?"),
        [("", _("Ei väliä")), *((way, labels.WAYS[way]) for way in WAYS if way != IN_PERSON)],
    )
    luvat = chips(
        _("Mihin asukas antoi luvan?"),
        [
            ("referral", _("Linkkihenkilö saa nimen, yhteystiedot ja toiveen")),
            ("feedback", _("Lähettäjä saa tiedon, miten kävi")),
            ("companion", _("Saattaja saa etunimen, puhelimen ja käytännön tarpeet")),
            ("reminders", _("Ensimmäisestä kerrasta saa muistuttaa")),
        ],
    )
    lupatapa = one_of(_("Miten lupa annettiin?"), [("oral", _("Suullisesti")), ("paper", _("Paperilla"))], initial="oral")
    yksikko = line(_("Yksikkösi"), 120)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        towns = [(town.pk, town.name_fi) for town in served()]
        field = self.fields["kunta"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = towns if len(towns) == 1 else [("", _("Valitse kunta")), *towns]
        for name, words in self.WORDS.items():
            self.fields[name].label = words

    def clean_sahkoposti(self) -> str:
        """An address as it is written to."""
        told = str(self.cleaned_data["sahkoposti"])
        if told and not emails.normal(told):
            raise forms.ValidationError(_("Tästä ei löydy sähköpostiosoitetta. Tarkista kirjoitus."), code="email")
        return emails.normal(told)

    def clean_puhelin(self) -> str:
        """A number that can be rung."""
        told = str(self.cleaned_data["puhelin"])
        if told and len(phones.normal(told)) < SHORTEST_PHONE:
            raise forms.ValidationError(_("Tästä ei löydy puhelinnumeroa. Tarkista kirjoitus."), code="phone")
        return phones.normal(told)

    def clean(self) -> dict[str, Any]:
        """What only several answers together tell."""
        told = super().clean() or self.cleaned_data
        for name in self.FREE:
            self._check_text(name, str(told.get(name) or ""))
        if not told.get("tarpeet") and not told.get("toive") and "toive" not in self.errors:
            self.add_error("tarpeet", gettext("Valitse ainakin yksi tai kirjoita toive omin sanoin."))
        if "turva" in told and "kielletty" in told and (told["turva"] == NOT_ALL) != bool(told["kielletty"]):
            self.add_error("kielletty", gettext("Valitse, mikä ei käy. Jos kaikki käy, jätä nämä tyhjiksi."))
        if "luvat" in told and self.asks_permission() and "referral" not in told["luvat"]:
            self.add_error("luvat", self.no_permission())
        if not {"puhelin", "sahkoposti", "kielletty", "tapa", "turvakielto"} & set(self.errors):
            self._check_reach(told)
        return told

    def asks_permission(self) -> bool:
        """Is the permission to refer asked here?  (A relative cannot give it.)"""
        return True

    def no_permission(self) -> str:
        """Without this one nothing is sent."""
        return gettext("Kysy ensin lupa siihen, että linkkihenkilö saa tiedot. Ilman sitä mitään ei lähetetä.")

    def reach(self) -> Reach:
        """How the resident could be reached by what was told."""
        told = self.cleaned_data
        number = told["puhelin"]
        return Reach(
            told.get("tapa") or "", has_mobile=number.startswith(MOBILE), has_phone=bool(number), has_email=bool(told["sahkoposti"]),
            has_address=bool(self.address()), safe=frozenset(told["kielletty"]), protected=told["turvakielto"],
        )  # fmt: skip

    def address(self) -> dict[str, str]:
        """The address, {} when there is none or it must not be kept."""
        told = self.cleaned_data
        return {} if told.get("turvakielto") else {name: told[field] for name, field in _ADDRESS.items() if told.get(field)}

    def who(self) -> Who:
        """The resident as the actions take them."""
        told, way = self.cleaned_data, usable(self.reach())[0]
        return Who(
            told["nimi"], phone=told["puhelin"], email=told["sahkoposti"], address=self.address(), age_band=told["ika"] or "unknown",
            language=told["kieli"], preferred=told.get("tapa") or way, safe=tuple(told["kielletty"]), protected=told["turvakielto"],
            practical=tuple(told["apu"]), digital=way in (SMS, EMAIL),
        )  # fmt: skip

    def given(self) -> tuple[Given, ...]:
        """The permissions, each by itself."""
        told = self.cleaned_data
        method = told.get("lupatapa") or self.METHOD
        return tuple(Given(kind, GROUPS.get(kind, ()), method=method, language=told["kieli"]) for kind in told["luvat"])

    def made(self, referrer: Person | None, *, danger_seen: bool = False) -> Form:
        """The referral as the actions take it."""
        told = self.cleaned_data
        return Form(
            self.who(), Municipality.objects.get(pk=told["kunta"]), needs=tuple(told["tarpeet"]), wish=told["toive"],
            urgency="urgent" if told.get("kiire") else "normal", wants_companion=told["saattaja"], referrer=referrer,
            unit=self.unit(), referrer_email=told.get("lahettajan_sahkoposti") or "", permissions=self.given(),
            danger_seen=danger_seen,
        )  # fmt: skip

    def unit(self) -> str:
        """Where the referral comes from."""
        return str(self.cleaned_data["yksikko"])

    def _check_text(self, name: str, text: str) -> None:
        try:
            check_free_text(text)
        except Refused as refused:
            self.add_error(name, words_of(refused))

    def _check_reach(self, told: dict[str, Any]) -> None:
        if not (told.get("puhelin") or told.get("sahkoposti") or self.address()):
            self.add_error("puhelin", self.unreachable(protected=bool(told.get("turvakielto"))))
            return
        ways = usable(self.reach())
        if ways == (IN_PERSON,):
            self.add_error("kielletty", gettext("Yhtään tapaa ottaa yhteyttä ei jää. Sopikaa yksi turvallinen tapa."))
        elif told.get("tapa") and told["tapa"] not in ways:
            self.add_error("tapa", self.impossible(told["tapa"], protected=bool(told.get("turvakielto"))))

    def unreachable(self, *, protected: bool) -> str:
        """Nobody can be reached so: what to do instead."""
        if protected:
            return gettext("Turvakielto: osoitetta ei tallenneta. Kirjoita puhelin tai sähköposti.")
        return gettext(
            "Kirjoita yksi tapa saada yhteys: puhelin, sähköposti tai osoite. Jos mitään ei ole, sopikaa asukkaan kanssa numero,"
            " josta hänet tavoittaa: läheisen, naapurin tai oman yksikkösi."
        )

    def impossible(self, way: str, *, protected: bool) -> str:
        """The wished way cannot be used."""
        if way == LETTER and protected:
            return gettext("Turvakielto: kirjeitä ei lähetetä. Valitse toinen tapa.")
        if way == SMS:
            return gettext("Tekstiviestiä ei voi lähettää. Kirjoita matkapuhelimen numero, salli viestit tai valitse toinen tapa.")
        return gettext("Tätä tapaa ei voi käyttää: yhteystieto puuttuu tai tapa on kielletty. Valitse toinen tapa.")
