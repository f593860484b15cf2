"""What traces of referrals tell besides, in words: fields, purposes, states, results."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mukana.audit.rules import name_fields, name_values
from mukana.referrals import labels, labels_meeting, own_words
from mukana.referrals.labels import Words

KEYS: Words = {
    "what": _("mitä"),
    "now": _("tila nyt"),
    "result": _("tulos"),
    "how": _("miten"),
    "channel": _("kanava"),
    "protected": _("turvakielto"),
    "safe": _("ei sallittu"),
    "changed": _("muuttui"),
    "found": _("löytyi"),
    "decision": _("päätös"),
    "glass": _("hätäavaus"),
    "kind": _("laji"),
    "groups": _("tiedot"),
    "to": _("kenelle"),
    "done": _("monesko"),
    "mode": _("kysyttiin"),
    "answers": _("vastauksia"),
    "first": _("ensimmäinen päivä"),
    "last": _("viimeinen päivä"),
    "cover": _("sijainen"),
    "coordinator": _("koordinaattori"),
    "deputy": _("sijainen"),
    "lead": _("vastuuhenkilö"),
    "companions": _("saattajien koordinaattori"),
    "phone": _("puhelin"),
    "new": _("uusi"),
    "active": _("mukana toiminnassa"),
    "people": _("osallistujia"),
}
FIELDS: Words = {
    **own_words.FIELDS,
    "notes": _("muistiinpanot"),
    "words": _("nimi lyhyesti"),
    "reason": _("syy"),
    "goals": _("tavoitteet"),
    "measures": _("vointi"),
    "gender_wish": _("toive saattajasta"),
}
PURPOSES: Words = {
    "preview": _("järjestäjä miettii, voiko ottaa: ilman nimeä"),
    "receiver": _("ottaa asukkaan vastaan"),
    "companion": _("saattaja tai saattajan valinta"),
    "break_glass": _("hätätilanne"),
    "glass_review": _("hätäavauksen tarkastus"),
    "own": _("asukkaan oma sivu"),
    "confirm": _("asukas luki, mitä hänestä on kerrottu"),
    "confirm_staff": _("asukkaan vastauksen kirjaaminen"),
    "letter": _("kirjeen tulostaminen"),
    "own_print": _("asukkaan oman sivun tulostaminen"),
    "day": _("päivän työlista"),
    "inbox": _("saapuneet lähetteet"),
    "case": _("lähetteen hoitaminen"),
    "goals": _("tavoitteiden kirjaaminen"),
    "own_referral": _("lähetteen tekijä katsoi, miten se etenee"),
    "matching": _("saattajan etsiminen"),
    "register": _("saattajarekisterin hoitaminen"),
    "group_list": _("ryhmän osallistujalista"),
    "fhir": _("tietojen siirto toiseen järjestelmään"),
    "fhir_export": _("tietojen siirto toiseen järjestelmään"),
}
THINGS: Words = {
    **labels.ERRANDS,
    "case": _("lähete"),
    "placement": _("tarjous järjestäjälle"),
    "support": _("saattaminen"),
    "session": _("kerta"),
    "follow_up": _("seuranta"),
    "talk_again": _("pyyntö jutella uudelleen"),
}
RESULTS: Words = {
    **labels.ATTEMPTS,
    **labels_meeting.MARKS,
    "done": _("tehty"),
    "deleted": _("tiedot poistettu"),
    "asked": _("kysytty"),
    "answered": _("vastattu"),
    "kept": _("jätettiin ennalleen"),
    "corrected": _("merkintä korjattiin"),
    "posted": _("postitettu"),
    "yes": _("kyllä"),
    "no": _("ei"),
}
HOW: Words = {
    "tap": _("napauttamalla"),
    "sms": _("tekstiviestillä"),
    "phone": _("puhelimessa"),
    "paper": _("paperilla"),
    "screen": _("näytöllä"),
    "staff": _("työntekijä kirjasi"),
}
DECISIONS: Words = {"justified": _("perusteltu"), "not_justified": _("ei perusteltu")}
KINDS: Words = {**labels.PERMISSIONS, "goal": _("tavoite"), "concern": _("huoli")}
MODES: Words = {"oral": _("puhuen"), "paper": _("paperilla"), "screen": _("näytöllä")}
CHANGED: Words = {
    **own_words.FIELDS,
    **labels.WAYS,
    **labels.SAFE,
    "protected": _("turvakielto"),
}
MACHINES = {"case": labels.CASE, "placement": labels.PLACEMENT, "support": labels.SUPPORT, "session": labels.SESSION}


def tell() -> None:
    """Called once, at start-up."""
    name_fields(KEYS)
    for key, words in (
        ("fields", FIELDS), ("purpose", PURPOSES), ("what", THINGS), ("result", RESULTS), ("how", HOW), ("channel", labels.CHANNELS),
        ("decision", DECISIONS), ("kind", KINDS), ("mode", MODES), ("safe", labels.SAFE), ("changed", CHANGED),
        ("groups", labels.FIELD_GROUPS), ("was", labels_meeting.MARKS), ("now", RESULTS),
    ):  # fmt: skip
        name_values(key, words)
    for machine, states in MACHINES.items():
        name_values("was", states, of=machine)
        name_values("now", states, of=machine)
