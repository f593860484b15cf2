"""Asking to come along without an account: for oneself, or for somebody near who then says yes or no."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mukana.lib import phones
from mukana.referrals.actions.permitting import Given
from mukana.referrals.forms.refer import ALL_WELL, NOT_ALL, ReferForm
from mukana.referrals.forms.refer_fields import chips, one_of

RELATIONS = [
    ("spouse", _("Puoliso")), ("child", _("Lapsi")), ("parent", _("Vanhempi")), ("relative", _("Muu sukulainen")),
    ("friend", _("Ystävä tai naapuri")), ("other", _("Joku muu")),
]  # fmt: skip


class AskForm(ReferForm):
    """For oneself, in the second person."""

    FREE: ClassVar[tuple[str, ...]] = ("nimi", "toive", "katu", "postinumero", "paikkakunta")
    METHOD: ClassVar[str] = "online"
    other_ways: ClassVar[Promise] = _("Ei puhelinta? Sähköposti, osoite tai toivottu tapa")
    WORDS: ClassVar[dict[str, Any]] = {
        "tarpeet": _("Mitä kaipaat?"),
        "toive": _("Kerro omin sanoin"),
        "nimi": _("Nimesi"),
        "puhelin": _("Puhelinnumerosi"),
        "ika": _("Ikäsi"),
        "kunta": _("Missä kunnassa asut?"),
        "apu": _("Mitä meidän on hyvä tietää?"),
        "saattaja": _("Haluan, että joku tulee kanssani"),
        "tapa": _("Miten haluat kuulla meistä?"),
        "turvakielto": _("Minulla on turvakielto"),
        "luvat": _("Mihin annat luvan?"),
    }
    lupatapa = kiire = yksikko = None  # type: ignore[assignment]  # not asked here
    luvat = chips(
        _("Mihin annat luvan?"),
        [
            ("referral", _("Linkkihenkilö saa nimeni, yhteystietoni ja toiveeni")),
            ("companion", _("Saattaja saa etunimeni, puhelimeni ja käytännön tarpeeni")),
            ("reminders", _("Minua saa muistuttaa ensimmäisestä kerrasta")),
        ],
    )

    turva = one_of(
        _("Saammeko soittaa, lähettää viestin ja jättää viestin vastaajaan?"),
        [(ALL_WELL, _("Kyllä, kaikki käy")), (NOT_ALL, _("Jokin ei käy"))],
        required=True,
        error_messages={"required": _("Vastaa tähän, niin otamme yhteyttä turvallisesti.")},
    )

    def no_permission(self) -> str:
        """Without this one nothing is sent."""
        return gettext("Anna lupa siihen, että linkkihenkilö saa tietosi. Muuten hän ei voi ottaa yhteyttä.")

    def unit(self) -> str:
        """From nowhere but oneself."""
        return ""

    def unreachable(self, *, protected: bool) -> str:
        """Nobody can be reached so: what to do instead."""
        words = (
            gettext("Turvakielto: emme tallenna osoitettasi. Kirjoita puhelin tai sähköposti.")
            if protected
            else gettext("Kirjoita yksi tapa saada yhteys: puhelin, sähköposti tai osoite.")
        )
        if not settings.CONTACT_PHONE:
            return words
        return words + " " + gettext("Tai soita meille: %(phone)s.") % {"phone": phones.shown(settings.CONTACT_PHONE)}


class RelativeForm(AskForm):
    """For somebody near.  No permission is asked here: only the resident can give it."""

    WORDS: ClassVar[dict[str, Any]] = {
        "tarpeet": _("Mitä läheisesi sanoisi?"),
        "toive": _("Läheisesi toive"),
        "nimi": _("Läheisesi nimi"),
        "puhelin": _("Hänen puhelinnumeronsa"),
        "ika": _("Hänen ikänsä"),
        "kunta": _("Missä kunnassa hän asuu?"),
        "apu": _("Mitä meidän on hyvä tietää?"),
        "saattaja": _("Hän haluaa, että joku tulee mukaan"),
        "tapa": _("Miten hän haluaa kuulla meistä?"),
        "turvakielto": _("Hänellä on turvakielto"),
    }
    luvat = None  # type: ignore[assignment]  # the resident's own
    suhde = one_of(_("Kuka olet hänelle?"), RELATIONS, required=True, error_messages={"required": _("Valitse, kuka olet hänelle.")})
    turva = one_of(
        _("Saako hänelle soittaa, lähettää viestin ja jättää viestin vastaajaan?"),
        [(ALL_WELL, _("Kyllä, kaikki käy")), (NOT_ALL, _("Jokin ei käy"))],
        required=True,
        error_messages={"required": _("Kysy tämä läheiseltäsi. Väärä viesti voi olla hänelle vaaraksi.")},
    )

    def asks_permission(self) -> bool:
        """It is the resident's to give."""
        return False

    def given(self) -> tuple[Given, ...]:
        """None yet."""
        return ()

    def unit(self) -> str:
        """Who asks: the relation, no name."""
        words = dict(RELATIONS)[self.cleaned_data["suhde"]]
        return gettext("Läheinen: %(who)s") % {"who": str(words).lower()}
