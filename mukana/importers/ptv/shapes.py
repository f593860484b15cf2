"""PTV's shapes, versions 7 to 11 and the pilot before them: kinds, ids, texts, contacts, addresses.  Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mukana.directory.drafts import Contact
from mukana.directory.vocabularies import ptv_code
from mukana.importers.values import LANGUAGES, as_dict, as_list, dicts, identifier, line, office_email, point, unique
from mukana.lib import phones
from mukana.lib.text import title_case_place
from mukana.lib.urls import safe_url

MARKS = (
    ("organizationNames", "organisation"), ("serviceChannelNames", "channel"), ("serviceNames", "service"),
    ("BackgroundDescription", "general_description"), ("serviceToOrganization", "pilot_service"),
    ("openingTimes", "pilot_place"), ("organizationType", "pilot_organisation"),
)  # fmt: skip
GENERAL = "GD_"  # type prefix of texts that come from a general description
CHANNELS_READ = "channels were read"  # a mark among the names of a run


def kind_of(row: dict[str, Any]) -> str:
    """What a row is, by the key only such rows have; "" when it is nothing of PTV's."""
    return next((kind for key, kind in MARKS if key in row), "")


def row_id_of(row: dict[str, Any]) -> str:
    """The row's id; the pilot's bare numbers are kept apart from everything else."""
    kind = kind_of(row)
    row_id = identifier(row.get("Id") if kind == "general_description" else row.get("id"))
    return pilot_id(row_id) if kind.startswith("pilot") else row_id


def pilot_id(value: object) -> str:
    """`pilot:77` for 77, "" for nothing."""
    row_id = identifier(value)
    return f"pilot:{row_id}" if row_id else ""


def linked_services(channel: dict[str, Any]) -> tuple[str, ...]:
    """Ids of the services a channel says it serves."""
    told = as_list(channel.get("services"))
    if kind_of(channel) == "pilot_place":
        return unique(map(pilot_id, told))
    return unique(identifier(as_dict(item.get("service")).get("id")) for item in told if isinstance(item, dict))


def linked_channels(service: dict[str, Any]) -> tuple[str, ...]:
    """Ids of the channels a service says it has."""
    if kind_of(service) == "pilot_service":
        lists = as_dict(service.get("serviceToServiceChannel")).values()
        return unique(pilot_id(item) for one in lists for item in as_list(one))
    found = dicts(service.get("serviceChannels"))
    return unique(identifier(as_dict(item.get("serviceChannel")).get("id")) for item in found)


def localized(items: object, kind: str = "") -> dict[str, str]:
    """Texts by language of `[{language, value, type}]`, in a fixed order of languages.

    Of several texts of one language the first counts; a text of a general
    description ("GD_Summary") fills in where the service has none of its own.
    """
    own: dict[str, str] = {}
    general: dict[str, str] = {}
    for item in dicts(items):
        language, value, told = item.get("language"), item.get("value"), line(item.get("type"))
        if language in LANGUAGES and isinstance(value, str) and value.strip():
            if not kind or told == kind:
                own.setdefault(str(language), value)
            elif told == GENERAL + kind:
                general.setdefault(str(language), value)
    found = general | own
    return {language: found[language] for language in LANGUAGES if language in found}


def finnish(items: object, kind: str = "") -> str:
    """The Finnish text of such a list, or the first there is, on one line."""
    texts = localized(items, kind)
    return line(texts.get("fi") or next(iter(texts.values()), ""), 200)


def codes(items: object) -> tuple[str, ...]:
    """PTV codes of classes, target groups or life events, old addresses and bare labels too."""
    found = []
    for item in as_list(items):
        if isinstance(item, str):
            found.append(ptv_code(item, item))
        elif isinstance(item, dict):
            reference = line(item.get("code")) or line(item.get("uri") or item.get("Key"), 300)
            label = finnish(item.get("name")) if "name" in item else line(item.get("Value"))
            found.append(ptv_code(reference, label))
    return unique(found)


def concept_uris(items: object) -> tuple[str, ...]:
    """Addresses of KOKO concepts."""
    return unique(line(item.get("uri") or item.get("Key"), 200) for item in dicts(items))


@dataclass(frozen=True, slots=True)
class Address:
    """A visiting address; every part may be empty."""

    street: str = ""
    postal_code: str = ""
    city: str = ""
    municipality: str = ""
    lat: float | None = None
    lon: float | None = None
    directions: tuple[tuple[str, str], ...] = ()  # (language, text)


def address(row: dict[str, Any]) -> Address:
    """The first street address one can visit, one with a point before one without; postal boxes do not count."""
    found = [_address(item) for item in dicts(row.get("addresses")) if item.get("type") in ("Location", "Visiting", None)]
    found = [item for item in found if item.street or item.lat is not None]
    return next((item for item in found if item.lat is not None), found[0] if found else Address())


def _address(item: dict[str, Any]) -> Address:
    street = as_dict(item.get("streetAddress"))
    lat, lon = point(street.get("latitude"), street.get("longitude"))
    return Address(
        street=f"{finnish(street.get('street'))} {line(street.get('streetNumber'), 20)}".strip(),
        postal_code=line(street.get("postalCode"), 5),
        city=title_case_place(finnish(street.get("postOffice"))),
        municipality=municipality(street.get("municipality")),
        lat=lat,
        lon=lon,
        directions=tuple(localized(street.get("additionalInformation")).items()),
    )


def municipality(value: object) -> str:
    """The code with its zeros, else the name."""
    given = as_dict(value)
    code = line(given.get("code"), 3)
    return code.zfill(3) if code.isdigit() else finnish(given.get("name"))


def contact(row: dict[str, Any]) -> Contact:
    """Phone, office e-mail and page of an organisation, a channel or a service's channel."""
    numbers = [*dicts(row.get("phoneNumbers")), *dicts(row.get("supportPhones"))]
    dialled = (phone(item) for item in numbers if item.get("type") != "Fax")
    mails = [item.get("value") for key in ("emails", "supportEmails") for item in dicts(row.get(key))]
    pages = [item for key in ("webPages", "webPage", "urls", "channelUrls") for item in dicts(row.get(key))]
    finnish_first = sorted(pages, key=lambda item: item.get("language") != "fi")
    links = (safe_url(line(item.get("url") or item.get("value"), 500)) for item in finnish_first)
    return Contact(phone=next(filter(None, dialled), ""), email=office_email(mails), url=next(filter(None, links), ""))


def phone(item: dict[str, Any]) -> str:
    """A number told as prefix and rest; a fax has no number and gives ""."""
    return phones.from_pair(line(item.get("prefixNumber"), 10), line(item.get("number"), 40))


def service_status(*, published: bool, topics: tuple[str, ...]) -> str:
    """A service of no wellbeing topic (land surveying, vehicle taxes) is kept as a draft: staff see it, the search does not."""
    if not published:
        return "withdrawn"
    return "published" if topics else "draft"
