"""What a free text says of conditions: "autoa ei ole", "jag vågar inte gå ensam", "only in the evenings".

`listen` adds what it hears to a wish, and gives the words that are left to search with: "paikan päälle en lähde"
tells nothing of what is wanted, "rollaattorilla" does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mukana.guidance.rules.needs import Need, needs_of
from mukana.guidance.rules.patterns import codes, dropped, pattern
from mukana.guidance.rules.refusing import refused
from mukana.guidance.rules.wish import Wish

_FILE = "wishes.txt"
_CONDITIONS = (
    "drives", "remote", "free", "step_free", "companion", "near_only", "ride", "no_device",
    "hearing", "seated", "short", "calm", "outdoors", "children",
)  # fmt: skip
_DAYTIME = ("weekday_morning", "weekday_afternoon")
_AGE = re.compile(r"\b(\d{1,3})\s*-?\s*(?:vuotia|-vuotias|-åring|åring|år gammal|years? old|-year-old|v\b)", re.IGNORECASE)
_LEAVING = re.compile(r"kotoa|ulos|ovesta|asunnosta", re.IGNORECASE)
_LOSSES, _DEAF = frozenset(("child_loss_need", "childless_need")), frozenset(("phone",))
_FAMILY = frozenset(
    ("family_load", "toddler_tantrum", "baby_tired", "twins", "newborn_home", "child_sleep", "single_parent", "pregnancy_need",
     "child_activity", "baby_swim", "child_clothes", "child_care_need", "teen_parent_need", "postnatal_need", "nepsy_child",
     "screen_need", "fathers")
)  # fmt: skip
GROWN = 20  # from this age on "poika" is somebody else
_SPANS = 3  # words that must be left for a search, else all of them are used


@dataclass(frozen=True, slots=True)
class Heard:
    """The wish with what was heard added; `search` are the words to search with, `needs` what was understood."""

    wish: Wish
    search: str
    needs: tuple[Need, ...] = ()


def listen(wish: Wish) -> Heard:
    """Adds the conditions of the text; what is already said stands."""
    text = wish.text
    heard: set[str] = set()
    rest = text
    for code in _CONDITIONS:
        if pattern(_FILE, code).found(text):
            heard.add(code)
            rest = dropped(_FILE, code).without(rest)
    if "remote" in heard and "companion" in heard and "no_device" not in heard and _LEAVING.search(text):
        heard.discard("remote")  # "en lähde kotoa yksin": somebody to come along is what is missing
    times = wish.times or _times(text)
    languages = [code for code, said in codes(_FILE, "language").items() if said.found(text)]
    language = wish.language or next(iter(languages), "")
    needs = needs_of(text)
    told = {need.code for need in needs}
    if "drives" in heard:
        heard.discard("near_only")
    changes = {code: True for code in heard - {"children"} if not getattr(wish, code)}
    found = wish.but(
        **changes,
        times=times,
        age=wish.age if wish.age is not None else _age(text),
        gender=wish.gender or _gender(text, wish.age),
        language=language,
        language_must=wish.language_must or language in languages,
        language_only=wish.language_only or language in languages,
        children=wish.children or "children" in heard or not _FAMILY.isdisjoint(told),
        urgent=wish.urgent or any(need.urgent and need.code != "help_others" for need in needs),
        gives=wish.gives or "help_others" in told,
        bereaved=wish.bereaved or not _LOSSES.isdisjoint(told),
        refused=wish.refused | refused(text) | (_DEAF if pattern(_FILE, "deaf").found(text) else frozenset()),
    )
    return Heard(found, _search(rest, text, needs), needs)


def _search(rest: str, text: str, needs: tuple[Need, ...]) -> str:
    """The words to search with; none when it is urgent, for then nothing else counts."""
    if any(need.urgent for need in needs):
        return ""
    return _left(rest, text)


def _left(rest: str, text: str) -> str:
    words = " ".join(rest.split())
    return words if len(re.findall(r"\w{3,}", words)) >= _SPANS else " ".join(text.split())


def _times(text: str) -> tuple[str, ...]:
    """Times that a clause speaks of as possible; "iltaisin ajatukset pyörivät" is no time to come."""
    found: dict[str, None] = {}
    for clause in re.split(r"[.!?;\n]", text):
        if not pattern(_FILE, "able").found(clause) or pattern(_FILE, "symptom").found(clause):
            continue
        for code, said in codes(_FILE, "time").items():
            if said.found(clause):
                found.update(dict.fromkeys(_DAYTIME if code == "daytime" else (code,)))
    return tuple(found)


def _age(text: str) -> int | None:
    """The oldest age told: beside a child's age it is the grown-up's."""
    ages = [int(found) for found in _AGE.findall(text) if int(found) <= 110]
    return max(ages) if ages and max(ages) >= 13 else None


def _gender(text: str, years: int | None) -> str:
    """Whose wife has died is a man; whose husband is spoken of is a woman."""
    if pattern(_FILE, "wife").found(text):
        return "man"
    if pattern(_FILE, "husband").found(text):
        return "woman"
    if years is not None and years < GROWN and pattern(_FILE, "boy").found(text) != pattern(_FILE, "girl").found(text):
        return "man" if pattern(_FILE, "boy").found(text) else "woman"
    woman, man = pattern(_FILE, "woman").found(text), pattern(_FILE, "man").found(text)
    return "woman" if woman and not man else "man" if man and not woman else ""
