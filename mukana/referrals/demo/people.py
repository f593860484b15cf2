"""The invented residents of the demo region's referrals: who they are, what they wish, how they may be reached."""

from __future__ import annotations

from dataclasses import dataclass

from mukana.referrals.actions.referring import Who


@dataclass(frozen=True, slots=True)
class Told:
    """A resident, what they need and said, and whether company was asked for."""

    who: Who
    needs: tuple[str, ...]
    wish: str
    urgency: str = "normal"
    company: bool = False


def _home(street: str) -> dict[str, str]:
    return {"street": street, "postal_code": "47710", "city": "Jaala"}


EILA = Told(
    Who("Eila Nieminen", phone="050 000 1101", age_band="75_84", preferred="call", safe=()), ("lonely",), "Kaipaan juttuseuraa päiviin."
)
SIRKKA = Told(
    Who("Sirkka Holopainen", phone="050 000 1102", age_band="65_74", preferred="sms", safe=(), digital=True),
    ("low_mood", "life_change"), "Mieheni kuoli keväällä. Illat ovat pitkiä.", urgency="urgent",
)  # fmt: skip
KAUKO = Told(
    Who("Kauko Jääskeläinen", phone="05 000 1813", age_band="75_84", preferred="call", safe=()),
    ("move_more",),
    "Haluaisin taas voimaa jalkoihin.",
)
AINO = Told(
    Who(
        "Aino Huttunen", phone="05 000 1877", address=_home("Laiturikatu 4 A 1"), age_band="75_84", preferred="letter",
        safe=("no_voicemail",), practical=("walker", "hearing"),
    ),
    ("lonely", "move_more"), "Haluaisin taas jonnekin, missä on muita. En uskalla lähteä yksin liukkaalla.", company=True,
)  # fmt: skip
REIJO = Told(
    Who("Reijo Lappalainen", phone="050 000 1105", age_band="65_74", preferred="sms", safe=(), digital=True),
    ("food_weight",),
    "Opettelisin laittamaan ruokaa itselleni.",
)
PENTTI = Told(
    Who("Pentti Väisänen", phone="050 000 1106", age_band="75_84", preferred="call", safe=()), ("lonely",), "Korttipeli kiinnostaisi."
)
MAIJA = Told(
    Who("Maija Kinnunen", phone="05 000 1827", address=_home("Rantatie 12"), age_band="85_over", preferred="letter", safe=()),
    ("memory_worry",),
    "En muista nimiä niin kuin ennen.",
)
NADIA = Told(
    Who(
        "Nadia Karimi",
        phone="050 000 1108",
        age_band="30_49",
        preferred="sms",
        safe=(),
        language="en",
        practical=("child_along",),
        digital=True,
    ),
    ("family_load",),
    "I would like to meet other parents.",
)
OLAVI = Told(
    Who("Olavi Niskanen", phone="050 000 1109", age_band="85_over", preferred="call", safe=()),
    ("lonely", "memory_worry"),
    "Kävisin mieluusti kahvilla jossain.",
)
KIRSTI = Told(
    Who("Kirsti Pulkkinen", phone="050 000 1110", age_band="65_74", preferred="call", safe=()),
    ("move_more",),
    "Tykkäsin ennen vesijumpasta.",
)
MIRJA = Told(
    Who(
        "Mirja Sundqvist",
        phone="050 000 1111",
        age_band="65_74",
        preferred="call",
        safe=(),
        language="sv",
        practical=("wheelchair",),
        gender_wish="woman",
    ),
    ("lonely",),
    "Jag vill inte gå ensam.",
    company=True,
)
HEIKKI = Told(
    Who("Heikki Laitinen", phone="050 000 1112", age_band="50_64", preferred="sms", safe=(), digital=True),
    ("low_mood",),
    "Pois kotoa edes kerran viikossa.",
)
RAILI = Told(
    Who("Raili Mononen", phone="05 000 1833", age_band="75_84", preferred="call", safe=()),
    ("move_more", "lonely"),
    "Jumppaan tuolissa mielelläni.",
)
VIENO = Told(
    Who("Vieno Tirkkonen", phone="050 000 1114", age_band="85_over", preferred="call", safe=(), practical=("ride",)),
    ("lonely",),
    "Kirkkokahvit olivat ennen tapana.",
)
SANNA = Told(
    Who(
        "Sanna Suojattu",
        phone="050 000 1115",
        age_band="30_49",
        preferred="call",
        safe=("no_sms", "no_letter", "no_voicemail"),
        protected=True,
    ),
    ("low_mood",),
    "Jotain omaa, missä kukaan ei kysele.",
)
TOIVO = Told(Who("Toivo Hakkarainen", phone="050 000 1116", age_band="65_74", preferred="call", safe=()), ("move_more",), "Kävelyseuraa.")
ESTERI = Told(
    Who("Esteri Pitkänen", phone="050 000 1117", age_band="85_over", preferred="call", safe=()),
    ("lonely",),
    "Lukisin mieluusti muiden kanssa.",
)
HELKA = Told(
    Who("Helka Rissanen", phone="050 000 1118", age_band="75_84", preferred="call", safe=()),
    ("lonely",),
    "Lähtisin, jos joku tulisi mukaan.",
    company=True,
)
VEIKKO = Told(
    Who("Veikko Karjalainen", phone="050 000 1119", age_band="65_74", preferred="call", safe=()),
    ("move_more",),
    "Ensimmäinen kerta jännittää.",
    company=True,
)
