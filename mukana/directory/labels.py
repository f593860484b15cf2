"""People's words for the hub's codes: code → word (translated when shown), with an icon where one helps."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Word = str | Promise


@dataclass(frozen=True, slots=True)
class Label:
    """A short heading, what it means in a sentence, and the icon beside it."""

    word: Word
    meaning: Word = ""
    icon: str = ""


FORMS = {
    "on_site": Label(_("Paikan päällä"), _("Tapaat muut paikan päällä."), "users-three"),
    "remote_together": Label(_("Etänä yhdessä"), _("Samaan aikaan muiden kanssa, omalta laitteelta."), "monitor-play"),
    "video_home": Label(_("Video kotona"), _("Milloin vain, omassa tahdissa."), "house"),
    "outdoor_route": Label(_("Ulkona"), _("Oma reitti, omaan aikaan."), "path"),
}

FEATURES = {
    "child_welcome": Label(_("Lapsi mukaan"), _("Lapsen voi ottaa mukaan."), "baby"),
    "daytime_free": Label(_("Päivällä maksutta"), _("Päiväsaikaan tämä ei maksa mitään."), "sun"),
    "ride": Label(_("Kyyti järjestyy"), _("Kyydin voi sopia etukäteen."), "van"),
    "may_watch": Label(_("Saat vain katsoa"), _("Ensimmäisellä kerralla ei tarvitse tehdä mitään."), "eye"),
    "companion_welcome": Label(_("Kaveri mukaan"), _("Kaveri tai avustaja saa tulla."), "hands-clapping"),
    "support_person": Label(_("Saattaja ensimmäiselle kerralle"), _("Joku voi lähteä kanssasi."), "handshake"),
    "beginner": Label(_("Sopii aloittelijalle"), _("Aiempaa kokemusta ei tarvita."), "plant"),
    "no_registration": Label(_("Ei ilmoittautumista"), _("Voit vain tulla."), "door-open"),
    "sitting": Label(_("Onnistuu istuen"), _("Voit tehdä kaiken tuolilla."), "chair"),
    "calm": Label(_("Rauhallinen"), _("Ei kiirettä, ei kovaa ääntä."), "flower"),
    "phone_ok": Label(_("Onnistuu puhelimella"), _("Tavallinen puhelin riittää."), "phone"),
    "outdoor": Label(_("Ulkona"), _("Pukeudu sään mukaan."), "tree"),
    "equipment_provided": Label(_("Välineet paikalla"), _("Omia välineitä ei tarvita."), "basket"),
    "coffee": Label(_("Kahvit"), _("Lopuksi kahvitellaan."), "coffee"),
}

PROFILES = {
    "step_free": Label(_("Sisään"), icon="door"),
    "toilet": Label(_("WC"), icon="toilet"),
    "hearing": Label(_("Kuuleminen"), icon="ear"),
    "vision": Label(_("Näkeminen"), icon="eye"),
    "parking": Label(_("Auto"), icon="car"),
    "rest": Label(_("Lepo"), icon="bed"),
}

STATES = {
    "step_free": {"yes": _("Ei portaita"), "partial": _("Pieni kynnys tai luiska"), "no": _("Portaita, kysy apua etukäteen")},
    "toilet": {
        "yes": _("Tilava WC, johon pääsee pyörätuolilla"),
        "partial": _("WC, johon mahtuu osittain pyörätuolilla"),
        "no": _("Ei esteetöntä WC:tä"),
    },
    "hearing": {"yes": _("Induktiosilmukka"), "partial": _("Silmukka osassa tiloista"), "no": _("Ei induktiosilmukkaa")},
    "vision": {"yes": _("Selkeät opasteet ja kontrastit"), "partial": _("Opasteet osassa tiloista"), "no": _("Ei erityisiä opasteita")},
    "parking": {
        "yes": _("Invapaikka lähellä ovea"),
        "partial": _("Pysäköinti lähellä, ei invapaikkaa"),
        "no": _("Ei pysäköintiä oven lähellä"),
    },
    "rest": {"yes": _("Istumapaikkoja levähtämiseen"), "partial": _("Muutama istumapaikka"), "no": _("Ei istumapaikkoja")},
}
UNKNOWN = _("Ei tiedossa, kysy järjestäjältä")

ACCESS_FILTERS = {
    "step_free": _("Ei portaita"),
    "toilet": _("Esteetön WC"),
    "hearing": _("Induktiosilmukka"),
    "vision": _("Selkeät opasteet"),
    "parking": _("Invapaikka"),
    "rest": _("Istumapaikkoja"),
}

REGISTRATION = {
    "none": _("Ei ilmoittautumista."),
    "recommended": _("Ilmoittaudu, jos voit."),
    "required": _("Ilmoittaudu etukäteen."),
    "unknown": _("Kysy ilmoittautumisesta järjestäjältä."),
}

CRITICAL = {
    "contact": Label(_("Yhteystieto"), _("Kuka vastaa puhelimeen ja sähköpostiin."), "phone"),
    "time": Label(_("Aika"), _("Milloin kokoonnutaan ja milloin on tauko."), "clock"),
    "place": Label(_("Paikka"), _("Missä ollaan ja mistä ovesta tullaan."), "map-pin"),
    "price": Label(_("Hinta"), _("Mitä maksaa ja miten maksetaan."), "currency-eur"),
    "join": Label(_("Mukaan tulo"), _("Pitääkö ilmoittautua, ja miten."), "door-open"),
    "accessibility": Label(_("Esteettömyys"), _("Portaat, WC, kuuleminen ja lepopaikat."), "wheelchair"),
    "season": Label(_("Kausi"), _("Mistä mihin kausi kestää ja jatkuuko toiminta."), "calendar-blank"),
}

FRESHNESS = {
    "fresh": Label(_("Vahvistettu"), _("Tiedot on vahvistettu puolen vuoden sisällä."), "seal-check"),
    "due": Label(_("Vahvistettava"), _("Viimeisestä vahvistuksesta on yli puoli vuotta, kausi vaihtui tai tietoja epäillään."), "clock"),
    "late": Label(_("Vahvistamatta"), _("Tietoja ei ole vahvistettu yhdeksään kuukauteen. Kohde on haussa muiden jälkeen."), "warning"),
    "expired": Label(_("Vahvistamatta yli vuoden"), _("Ammattilaisen haku ei näytä kohdetta, eikä siihen voi ohjata."), "warning-fill"),
}
FRESHNESS_KINDS = {"fresh": "ok", "due": "warn", "late": "warn", "expired": "bad"}  # state of the look's `state` part

DAYPARTS = {"morning": _("aamupäivällä"), "afternoon": _("iltapäivällä"), "evening": _("illalla")}

SERVICE_LANGUAGES = {
    "fi": _("suomi"), "sv": _("ruotsi"), "en": _("englanti"), "se": _("pohjoissaame"), "smn": _("inarinsaame"),
    "sms": _("koltansaame"), "ru": _("venäjä"), "et": _("viro"), "uk": _("ukraina"), "ar": _("arabia"), "so": _("somali"),
}  # fmt: skip

TEXT_VERSIONS = {
    "fi": _("Suomeksi"), "sv": _("På svenska"), "en": _("In English"), "se": _("Davvisámegillii"),
    "smn": _("Anarâškielân"), "sms": _("Nuõrttsääʹmǩiõʹlle"), "fi-x-selko": _("Selkokielellä"),
}  # fmt: skip

NEED_ICONS = {
    "lonely": "users",
    "move_more": "person-simple-walk",
    "sleep_tired": "moon",
    "low_mood": "cloud-sun",
    "memory_worry": "brain",
    "family_load": "baby",
    "food_weight": "bowl-food",
    "want_help_others": "hand-heart",
}

KINDS = {
    "service": _("Palvelu"), "group": _("Ryhmä"), "event": _("Tapahtuma"), "place": _("Paikka"),
    "route": _("Reitti"), "video": _("Video"), "programme": _("Ohjelma"),
}  # fmt: skip

ORGANISATION_KINDS = {
    "municipality": _("Kunta"), "wellbeing_county": _("Hyvinvointialue"), "association": _("Yhdistys"),
    "parish": _("Seurakunta"), "company": _("Yritys"), "education": _("Oppilaitos"), "state": _("Valtion palvelu"),
    "other": _("Muu järjestäjä"),
}  # fmt: skip

FEEDBACK_TOPICS = {
    "wrong_fact": _("Tieto on väärin tai vanhentunut"),
    "accessibility": _("Saavutettavuus: en saanut palvelua käytettyä"),
    "idea": _("Toive tai ehdotus"),
    "other": _("Muu asia"),
}

MEDIA_WORDS = {
    "1": _("Kevyt"), "2": _("Keskitaso"), "3": _("Vaativa"),
    "tuoli": _("Tuolilla"), "seisten": _("Seisten"), "lattia": _("Lattialla"),
}  # fmt: skip
