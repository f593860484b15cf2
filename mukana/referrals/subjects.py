"""What e-mails are called: short, never who or why, in the language of the e-mail itself."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mukana.referrals.labels import Words

RESIDENT: Words = {
    "receipt": _("Otamme sinuun yhteyttä"),
    "confirmation": _("Odotamme vastaustasi"),
    "plan": _("Näin sovimme"),
    "first_session": _("Ensimmäinen kertasi"),
    "reminder": _("Muistutus: ensimmäinen kertasi"),
    "cancelled": _("Kerta on peruttu"),
    "moved": _("Ensimmäisen kertasi aika on muuttunut"),
    "not_reached": _("Yritimme tavoittaa sinut"),
    "still_wanted": _("Haluatko paikan vielä?"),
    "why_missed": _("Mikä esti tulemasta?"),
    "code": _("Koodi omalle sivullesi"),
}
RECEIVER: Words = {
    "referrals.offer": _("Joku haluaisi tulla mukaan"),
    "referrals.receiver": _("Asiaa osallistujasta"),
    "referrals.deletion": _("Poistakaa osallistujan tiedot"),
}
REFERRER: Words = {
    "acknowledged": _("Hyvinvointilähete on otettu vastaan"),
    "first_visit": _("Ensimmäinen käynti on toteutunut"),
    "corrected": _("Korjaus: ensimmäinen käynti ei ole vielä toteutunut"),
    "closed": _("Hyvinvointilähete on päättynyt"),
    "not_reached": _("Asukasta ei ole tavoitettu"),
    "withdrawn": _("Hyvinvointilähete on peruttu"),
}
STAFF = _("Työpöydälläsi on asioita, joiden aika on tullut")
UNANSWERED = _("Alueella ei ole ketään, joka hoitaa lähetteitä")
GLASS = _("Hätäavaus odottaa tarkastusta")
GLASS_NOBODY = _("Hätäavausta ei voi tarkastaa kukaan")
