"""The referral on paper: the questions of the screen in large type, boxes to tick, and the way back in."""

from __future__ import annotations

import io
from collections.abc import Iterable

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mukana.formats.paper import Call, Code, Form, Question, Section
from mukana.guidance.models import Unit
from mukana.lib.phones import unbroken
from mukana.referrals import labels
from mukana.referrals.labels_meeting import LANGUAGES
from mukana.referrals.models import Area
from mukana.referrals.queries.paper_units import code_of
from mukana.referrals.rules.codes import AGE_BANDS, NEEDS, PRACTICAL
from mukana.referrals.rules.reaching import IN_PERSON, SAFE_RULES, WAYS

ENTRY = "/tyopoyta/paperilahete/"


def blank(unit: Unit | None) -> Form:
    """The form in the language of the moment; a unit's own says where it comes from."""
    phone = _phone(unit)
    return Form(
        language=get_language() or "fi",
        title=_("Hyvinvointilähete"),
        paragraphs=(
            _("Linkkihenkilö auttaa sinua löytämään tekemistä ja seuraa. Hän soittaa sinulle viikon sisällä. Se ei maksa mitään."),
            _("Täytä vain se, minkä haluat kertoa. Älä kirjoita henkilötunnusta äläkä diagnooseja."),
        ),
        parts=(_wishes(), _you(), _safety(), _permissions(), _signature()),
        place=str(settings.SITE_REGION),
        side=(unit.name,) if unit else (),
        call=Call(_("Palauta lomake työntekijälle. Voit myös soittaa:"), unbroken(phone)) if phone else None,
        code=_code(unit),
        foot=_("Tämä ei ole hätäkanava. Hätätilanteessa soita 112."),
    )


def _wishes() -> Section:
    return Section(
        _("Mitä kaipaat?"),
        (
            Question(_("Rasti yksi tai useampi"), _words(labels.NEEDS, NEEDS)),
            Question(_("Kerro omin sanoin"), lines=3),
        ),
    )


def _you() -> Section:
    return Section(
        _("Sinä"),
        (
            Question(_("Nimi")),
            Question(_("Puhelin")),
            Question(_("Sähköposti"), hint=_("Ei pakollinen.")),
            Question(_("Katuosoite, postinumero ja postitoimipaikka"), hint=_("Jätä tyhjäksi, jos sinulla on turvakielto.")),
            Question(_("Asuinkunta")),
            Question(_("Ikä"), _words(labels.AGE_BANDS, [band for band in AGE_BANDS if band != "unknown"]), columns=2),
            Question(_("Kieli"), _words(LANGUAGES, ("fi", "sv", "en", "se", "smn", "sms")), columns=2),
            Question(_("Mitä meidän on hyvä tietää?"), _words(labels.PRACTICAL, PRACTICAL), columns=2),
            Question(_("Ensimmäinen kerta"), (_("Haluan, että joku tulee kanssani"),)),
        ),
    )  # fmt: skip


def _safety() -> Section:
    ways = [way for way in WAYS if way != IN_PERSON]
    return Section(
        _("Miten saamme ottaa yhteyttä?"),
        (
            Question(_("Miten haluat kuulla meistä?"), _words(labels.WAYS, ways), columns=2),
            Question(_("Mikä ei käy?"), _words(labels.SAFE, SAFE_RULES), hint=_("Rasti, jos jokin näistä ei ole sinulle turvallinen.")),
            Question(_("Turvakielto"), (_("Minulla on turvakielto"),)),
        ),
    )


def _permissions() -> Section:
    return Section(
        _("Luvat"),
        (
            Question(
                _("Annan luvan"),
                (
                    _("Linkkihenkilö saa nimeni, yhteystietoni ja toiveeni"),
                    _("Lähettäjä saa tiedon, miten kävi"),
                    _("Saattaja saa etunimeni, puhelimeni ja käytännön tarpeeni"),
                    _("Minua saa muistuttaa ensimmäisestä kerrasta"),
                ),
            ),
        ),
        (
            _("Ilman ensimmäistä lupaa lähetettä ei voi tehdä. Muut ovat vapaaehtoisia."),
            _("Voit perua luvan milloin vain. Linkkihenkilö kysyy erikseen, ennen kuin hän kertoo sinusta millekään ryhmälle."),
        ),
    )


def _signature() -> Section:
    return Section(
        _("Allekirjoitus"),
        (
            Question(_("Päivä ja allekirjoitus")),
            Question(_("Kuka täytti lomakkeen?"), (_("Minä itse"), _("Ammattilainen kanssani"))),
            Question(_("Ammattilaisen nimi, yksikkö ja sähköposti"), lines=2),
        ),
    )


def _code(unit: Unit | None) -> Code:
    address = settings.BASE_URL + ENTRY + (f"?koodi={code_of(unit)}" if unit else "")
    told = [_("Kirjaa lomake: avaa kuvan osoite tai mene työpöydälle kohtaan Kirjaa paperilähete.")]
    if unit:
        told.append(_("Yksikön koodi on %(code)s.") % {"code": code_of(unit)})
    told.append(address.partition("://")[2].partition("?")[0])
    return Code(_("Työntekijälle"), _drawn(address), _("QR-koodi, josta työntekijä kirjaa lomakkeen"), tuple(told))


def _drawn(address: str) -> str:
    import segno  # few ask, and the library takes 10 MB

    drawing = io.BytesIO()
    segno.make(address, error="m").save(drawing, kind="svg", border=4, xmldecl=False, light="white")
    return drawing.getvalue().decode()


def _phone(unit: Unit | None) -> str:
    area = Area.objects.filter(pk=unit.municipality_id).first() if unit and unit.municipality_id else None
    return (area.phone if area else "") or settings.CONTACT_PHONE


def _words(words: labels.Words, codes: Iterable[str]) -> tuple[str, ...]:
    found: list[str | Promise] = [words[code] for code in codes]
    return tuple(str(one) for one in found)
