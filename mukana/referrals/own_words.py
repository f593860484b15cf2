"""What residents are told of their own case: where it stands, what comes next, who got and saw what; plain Finnish."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mukana.referrals.labels import Words

STANDS: Words = {
    "draft": _("Lähetettä ei ole vielä lähetetty"),
    "awaiting_confirmation": _("Odotamme vastaustasi"),
    "sent": _("Lähetteesi on lähetetty"),
    "acknowledged": _("Lähetteesi on otettu vastaan"),
    "contacting": _("Yritämme tavoittaa sinut"),
    "in_dialogue": _("Suunnittelemme yhdessä"),
    "unreachable": _("Emme ole tavoittaneet sinua"),
    "planned": _("Suunnitelma on sovittu"),
    "active": _("Olet mukana"),
    "paused": _("Lähetteesi on tauolla"),
    "follow_up": _("Kysymme vielä kuulumisia"),
    "closed": _("Lähetteesi on päättynyt"),
    "withdrawn": _("Lähetteesi on peruttu"),
    "cancelled": _("Lähettäjä perui lähetteen"),
    "entered_in_error": _("Lähete kirjattiin vahingossa"),
}
NEXT: Words = {
    "draft": _("Lähettäjä ei ole vielä lähettänyt sitä."),
    "awaiting_confirmation": _("Läheisesi ehdottaa sinulle apua. Mitään ei tehdä, ennen kuin sanot kyllä. Vastaa %(day)s mennessä."),
    "sent": _("Koordinaattori valitsee sinulle linkkihenkilön. Hän soittaa sinulle viimeistään %(call)s."),
    "acknowledged": _("%(who)s soittaa sinulle viimeistään %(day)s."),
    "contacting": _("%(who)s soittaa uudelleen viimeistään %(day)s. Voit soittaa myös itse."),
    "in_dialogue": _("Sinä ja %(who)s sovitte, mihin lähdet. Suunnitelma on valmis viimeistään %(day)s."),
    "unreachable": _("Lähetteesi odottaa. Soita %(day)s mennessä, niin jatketaan."),
    "planned": _("%(who)s huolehtii, että pääset mukaan."),
    "active": _("%(who)s kysyy kuulumisia viimeistään %(day)s."),
    "paused": _("Jatkamme %(day)s. Voit soittaa jo ennen sitä."),
    "follow_up": _("%(who)s soittaa sinulle viimeistään %(day)s."),
    "closed": _("Jos haluat jutella uudelleen, voit pyytää sitä vuoden ajan."),
    "withdrawn": _("Kukaan ei enää saa tietojasi. Voit tehdä uuden lähetteen milloin vain."),
    "cancelled": _("Jos haluat silti jutella, soita."),
    "entered_in_error": "",
}
MILESTONES: Words = {
    "sent": _("Lähete on lähetetty"),
    "in_dialogue": _("Juttelette linkkihenkilön kanssa"),
    "planned": _("Sovitte, mihin lähdet"),
    "scheduled": _("Ensimmäinen kerta saa päivän"),
    "first_attended": _("Olet mukana"),
}
PLACES: Words = {
    "requested": _("Kysyimme paikkaa. Järjestäjä vastaa viimeistään %(day)s."),
    "accepted": _("Sinut otetaan mukaan. Ensimmäinen kerta sovitaan viimeistään %(day)s."),
    "waitlisted": _("Olet jonossa."),
    "scheduled": _("Ensimmäinen kerta on sovittu."),
    "first_attended": _("Kävit ensimmäisen kerran."),
    "missed_first": _("Ensimmäinen kerta jäi väliin. Se ei haittaa. %(who)s soittaa viimeistään %(day)s."),
    "session_cancelled": _("Kerta peruttiin. Uusi aika sovitaan viimeistään %(day)s."),
    "attending": _("Käyt."),
    "lapsed": _("Et ole käynyt kuukauteen. Se ei haittaa. %(who)s soittaa viimeistään %(day)s."),
    "declined": _("Ei onnistunut. Etsimme toista."),
    "recalled": _("Tätä ei enää kysytä."),
    "ended": _("Päättynyt."),
}
FEEDBACK: Words = {
    "acknowledged": _("että lähete on otettu vastaan"),
    "first_visit": _("että ensimmäinen käynti on toteutunut"),
    "corrected": _("että tieto ensimmäisestä käynnistä oli väärä"),
    "closed": _("että lähete on päättynyt, ja miten"),
    "not_reached": _("että sinua ei ole tavoitettu"),
    "withdrawn": _("että lähete on peruttu"),
}
FIELDS: Words = {
    "name": _("nimi"),
    "first_name": _("etunimi"),
    "phone": _("puhelinnumero"),
    "email": _("sähköposti"),
    "address": _("osoite"),
    "age_band": _("ikäryhmä"),
    "area": _("asuinkunta"),
    "wish": _("toive"),
    "needs": _("tarpeet"),
    "practical": _("käytännön tarpeet"),
    "language": _("kieli"),
    "safe": _("yhteydenpidon ehdot"),
    "letter": _("kirje"),
    "history": _("mitä on tapahtunut"),
}
PURPOSES: Words = {
    "preview": _("järjestäjä miettii, voiko ottaa: ilman nimeä"),
    "receiver": _("ottaa sinut vastaan"),
    "companion": _("tulee mukaasi"),
    "break_glass": _("hätätilanne"),
    "glass.broken": _("avasi yhteystietosi hätätilanteessa"),
    "own": _("oma sivusi"),
    "confirm": _("luit, mitä sinusta oli kerrottu"),
    "confirm_staff": _("vastauksesi kirjaaminen"),
    "letter": _("kirjeen tulostaminen"),
    "own_print": _("oman sivusi tulostaminen"),
    "day": _("päivän työlista"),
    "inbox": _("saapuneet lähetteet"),
    "case": _("lähetteesi hoitaminen"),
    "own_referral": _("lähetteen tekijä katsoi, miten se etenee"),
    "matching": _("saattajan etsiminen"),
    "group_list": _("ryhmän osallistujalista"),
    "glass_review": _("hätäavauksen tarkastus"),
    "fhir": _("tietojen siirto toiseen järjestelmään"),
    "fhir_export": _("tietojen siirto toiseen järjestelmään"),
}
DONE: Words = {
    "lupa": _("Lupa on peruttu. Tietojasi ei enää anneta sen perusteella."),
    "turva": _("Muutos on tehty. Käytämme vain niitä tapoja, jotka ovat sinulle turvallisia."),
    "vaara": _(
        "Jos olet vaarassa nyt, soita 112. Kriisipuhelin 09 2525 0111 vastaa yötä päivää. Muutos on tehty, ja linkkihenkilö saa viestisi."
    ),
    "miksi": _("Kiitos, että kerroit. Väliin jäänyt kerta ei haittaa. Otamme sinuun yhteyttä."),
    "jono": _("Kiitos. Pidämme paikkasi jonossa."),
    "jono-ei": _("Kiitos, että kerroit. Et ole enää jonossa."),
    "saattaja": _("Kiitos, että kerroit."),
    "juttelu": _("Pyyntö on tullut perille. Otamme sinuun yhteyttä."),
}
LETTERS: Words = {
    "receipt": _("Lähetteesi on lähetetty"),
    "confirmation": _("Läheisesi ehdottaa sinulle apua"),
    "plan": _("Näin sovimme"),
    "first_session": _("Ensimmäinen kertasi"),
    "reminder": _("Muistutus: ensimmäinen kertasi"),
    "cancelled": _("Kerta on peruttu"),
    "moved": _("Ensimmäisen kertasi aika on muuttunut"),
    "written": _("Kirje linkkihenkilöltä"),
    "again": _("Viesti sinulle"),
    "not_reached": _("Yritimme tavoittaa sinut"),
    "still_wanted": _("Haluatko paikan vielä?"),
}
