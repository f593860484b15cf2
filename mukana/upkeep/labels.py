"""People's words for the codes of upkeep; translated when shown."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mukana.directory.labels import CRITICAL, TEXT_VERSIONS, Label, Word

CAUSES: dict[str, Word] = {
    "bounced": _("Viesti tuli takaisin"),
    "dead_phone": _("Puhelinnumero ei toimi"),
    "referrals": _("Kahteen lähetteeseen ei ole vastattu"),
    "report": _("Asukas kertoi virheestä"),
    "changed": _("Järjestäjä kertoi, että tieto on muuttunut"),
}
WHY_DUE: dict[str, Word] = {
    "age": _("Edellisestä vahvistuksesta on yli puoli vuotta."),
    "season": _("Kausi vaihtui edellisen vahvistuksen jälkeen."),
    "doubt": _("Tietoja on syytä epäillä."),
    "never": _("Kukaan ei ole vahvistanut näitä tietoja."),
}
STEPS: dict[str, Word] = {
    "ask": _("Lähetä pyyntö"), "remind": _("Lähetä muistutus"), "call": _("Soita"),
    "wait": _("Odottaa vastausta"), "none": "",
}  # fmt: skip
FILTERS: dict[str, Word] = {
    "all": _("Kaikki"), "due": _("Vahvistettava"), "late": _("Vahvistamatta"), "expired": _("Yli vuoden"),
    "call": _("Soitettava"), "no_owner": _("Ei yhteystietoa"), "bounced": _("Viesti tuli takaisin"),
}  # fmt: skip
RESULTS: dict[str, Word] = {
    "confirmed": _("Tiedot pitävät paikkansa"),
    "changed": _("Jokin on muuttunut"),
    "no_answer": _("Ei vastannut"),
    "dead_phone": _("Numero ei ole käytössä"),
    "unlisted": _("Ei halua olla luettelossa"),
}
DOORS: dict[str, Word] = {
    "login": _("kirjautuneena"), "link": _("linkistä"), "phone": _("puhelimessa"), "proposal": _("ehdotuksesta"), "system": _("itsestään"),
}  # fmt: skip
HOW: dict[str, Word] = {
    "link_sms": _("tekstiviestin linkistä"), "link_email": _("sähköpostin linkistä"), "link_shown": _("linkistä"),
    "phone": _("vahvistettu puhelimessa"), "login": _("kirjautuneena"), "edit": _("muokatessa"), "demo": _("esimerkkitieto"),
}  # fmt: skip
STATUSES: dict[str, Word] = {"draft": _("Luonnos"), "published": _("Julkaistu"), "withdrawn": _("Poistettu")}

# Why an entry is not seen, and what to do about it.
REASONS: dict[str, Label] = {
    "draft": Label(_("Kohde on luonnos."), _("Julkaise se, kun tiedot ovat valmiit.")),
    "withdrawn": Label(_("Kohde on poistettu."), _("Pyydä ylläpitoa palauttamaan se, jos toiminta jatkuu.")),
    "gone_from_source": Label(
        _("Tietolähde ei enää kerro tästä."), _("Tarkista, onko kohde julkaistu lähteessä, esimerkiksi Palvelutietovarannossa.")
    ),
    "merged": Label(_("Kohde on yhdistetty toiseen."), _("Muokkaa sitä kohdetta, johon tämä yhdistettiin.")),
    "do_not_list": Label(_("Olet pyytänyt, ettei kohde näy."), _("Palauta kohde luetteloon tältä sivulta.")),
    "organisation_do_not_list": Label(
        _("Järjestönne on pyytänyt, ettei se näy."), _("Palauta järjestö luetteloon omien tietojen sivulta.")
    ),
    "no_name": Label(_("Kohteella ei ole nimeä."), _("Kirjoita nimi.")),
    "over": Label(_("Viimeinen kerta on ohi."), _("Lisää uudet ajat. Haku näyttää vain tulevat kerrat.")),
    "season_over": Label(_("Kausi on päättynyt."), _("Anna uuden kauden päivät, jos toiminta jatkuu.")),
    "no_dates": Label(_("Aikoja ei ole kerrottu."), _("Lisää viikkoaikataulu, niin kohde löytyy päivän ja ajan mukaan.")),
    "expired": Label(_("Tietoja ei ole vahvistettu vuoteen."), _("Vahvista tiedot. Ammattilaisten haku ei näytä kohdetta ennen sitä.")),
    "late": Label(_("Tietoja ei ole vahvistettu yhdeksään kuukauteen."), _("Vahvista tiedot. Nyt kohde on haussa muiden jälkeen.")),
    "due": Label(_("Tiedot on aika vahvistaa."), _("Vahvista tiedot. Kohde näkyy vielä tavallisesti.")),
    "no_topic": Label(_("Aihe puuttuu."), _("Valitse aihe. Ilman sitä kohdetta ei löydä aiheen eikä tarpeen mukaan.")),
    "no_point": Label(_("Paikka puuttuu kartalta."), _("Valitse paikka. Ilman sitä kohde ei näy kartalla eikä etäisyyden mukaan.")),
    "no_contact": Label(_("Yhteystieto puuttuu."), _("Lisää puhelinnumero tai sähköposti.")),
    "no_organiser": Label(_("Järjestäjää ei ole kerrottu."), _("Pyydä ylläpitoa siirtämään kohde oikealle järjestäjälle.")),
}

TEXTS: dict[str, Label] = {
    "name": Label(_("Nimi"), _("Lyhyt ja kuvaava: ”Tuolijumppa Jaalassa”. Ei yhdistyksen nimeä.")),
    "summary": Label(_("Tiivistelmä"), _("Yksi tai kaksi virkettä: mitä tehdään ja kenen kanssa.")),
    "description": Label(_("Kuvaus"), _("Mitä kerralla tehdään, kuinka kauan ja mitä tarvitaan mukaan.")),
    "whom": Label(_("Kuka ottaa vastaan"), _("Nimi ja tunnusmerkki: ”Anneli odottaa pääovella vihreässä liivissä.”")),
    "steps": Label(
        _("Mitä tapahtuu, kun tulen"),
        _("Yksi vaihe omaan kappaleeseensa. Ensimmäinen rivi on otsikko. Jätä vaiheiden väliin tyhjä rivi."),
    ),
    "join": Label(_("Näin pääsee mukaan"), _("Pitääkö ilmoittautua? Kenelle ja mihin mennessä?")),
    "price_note": Label(_("Hinta sanoin"), _("Mitä maksaa, miten maksetaan, kuka pääsee maksutta.")),
    "getting_there": Label(_("Näin pääsee perille"), _("Mistä ovesta tullaan, millä bussilla pääsee, mihin voi pysäköidä.")),
}
FACTS: dict[str, Word] = {
    "contact_name": _("Yhteyshenkilö"), "phone": _("Puhelin"), "email": _("Sähköposti"), "url": _("Verkkosivu"),
    "price_kind": _("Hinta"), "price_cents": _("Hinta senteissä"), "registration": _("Ilmoittautuminen"),
    "features": _("Hyvä tietää"), "accessibility": _("Esteettömyys"), "languages": _("Palvelukielet"), "age_min": _("Ikä vähintään"),
    "age_max": _("Ikä enintään"), "organisation_id": _("Järjestäjä"), "place_id": _("Paikka"), "topics": _("Aiheet"),
    "schedules": _("Aikataulu"), "status": _("Tila"), "do_not_list": _("Pois luettelosta"), "kind": _("Laji"), "form": _("Muoto"),
}  # fmt: skip
DECISIONS: dict[str, Label] = {
    "": Label(_("Odottaa"), icon="clock"),
    "accepted": Label(_("Hyväksytty"), icon="check"),
    "rejected": Label(_("Ei hyväksytty"), icon="x"),
}
NO_PHONE = _("Tästä ei löydy puhelinnumeroa. Tarkista numerot.")
NO_EMAIL = _("Tästä puuttuu jotain. Osoite on muotoa nimi@paikka.fi.")
NO_ADDRESS = _("Aloita osoite näin: https://")
PRICES: dict[str, Word] = {"free": _("Maksuton"), "paid": _("Maksullinen"), "unknown": _("Ei tiedossa")}


def fact_label(key: str) -> str:
    """ "Tiivistelmä", "Nimi (På svenska)", "Vahvistus: Aika"."""
    if key.startswith("confirmed."):
        field = key.removeprefix("confirmed.")
        return gettext("Vahvistus: %(field)s") % {"field": CRITICAL[field].word if field in CRITICAL else field}
    if key.startswith("texts."):
        _texts, language, field = key.split(".", 2)
        word = str(TEXTS[field].word) if field in TEXTS else field
        return word if language == "fi" else f"{word} ({TEXT_VERSIONS.get(language, language)})"
    return str(FACTS.get(key, key))


def finding_words(code: str, place: str, better: str) -> str:
    """One thing that would be easier to read, in a sentence."""
    sentences = {
        "long_sentence": _("Pitkä virke, %(better)s sanaa: ”%(place)s” Jaa se kahdeksi."),
        "passive": _("Kuka tekee? ”%(place)s” Kirjoita tekijä: ”me ohjaamme”, ”Anneli ottaa vastaan”."),
        "office": _("”%(place)s” on virkakieltä. Kokeile: %(better)s."),
        "phrase": _("”%(place)s” ei kerro, mitä tapahtuu. %(better)s"),
        "long_word": _("”%(place)s” on pitkä sana. Jaa se osiin tai selitä se."),
        "abbreviation": _("Kirjoita lyhenne ”%(place)s” auki."),
    }
    return gettext(str(sentences[code])) % {"place": place, "better": better}
