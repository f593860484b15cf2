"""What somebody needs, understood from the sentences: "Löin nyrkin oveen" is no boxing and "kello on kolme" is a bad night.

The vocabulary is `data/needs/*.txt`, written by hand: `[code] concept, concept 50` (the code itself where nothing
follows) and expressions parted by commas.  A line that begins with `?` only hints, one with `!` comes before all else.
Several expressions agree: each leaves less doubt.  What is denied, turned down or long past tells little.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from mukana.guidance.rules.patterns import NO, needle

SURE, HINT, URGENT = 0.8, 0.4, 1.0
PAST, WISHED, BESIDE_URGENT = 0.5, 1.2, 0.3
MANNER = 0.4  # what a need of a manner ("~": company, peers, a change) weighs beside one that has a subject
LEAST_SHARE = 0.35  # of the strongest need's strength: weaker ones are left out
MOST = 4
_FOLDER, _MANNER = "needs", "~"
_KIN = (
    "mies|miehe|vaimo|puoliso|avopuol|kumppani|isä|isän|iskä|faija|äiti|äidi|mutsi|poika|poja|tytär|tyttär|tyttö|tytö|veli|velje|sisko"
    "|sisar|lapse|lapsi|teini|nuore|mummo|ukki|vaari|ystävä|kaveri|appi|anoppi|läheis|omais|tyttöystäv|poikaystäv|exä|eksä"
    "|min man|min fru|min son|sonen|dotter|mamma|pappa|bror|syster|husband|wife|brother|sister|boyfriend|girlfriend|partner"
)
_MACROS = {"<lause>": r"[^.!?;\n]{0,45}?", "<läh>": rf"\b(?:{_KIN})\w*", "<ei>": NO}
_I = re.IGNORECASE
_DENIED = re.compile(
    r"\b(?:en|ei|et|emme|eivät|ilman|inte|ingen|not|no|don't|doesn't)\W+"
    r"(?:(?:ole|oo|ollut|enää|har|have|any|ska|juo|käytä|polta|pelaa|tarvitse|dricker|drink|smoke)\W+)?$",
    _I,
)
_TURNED_DOWN = re.compile(
    r"^\w*[^.,;:!?\n]{0,25}\b(?:en|ei|ej|inte|not|don't)\W+(?:\w+\W+)?"
    r"(?:mene|mennä|halua|haluta|kiinnosta|lähde|innosta|nappaa|sovi|siedä|kestä|ole minun|ole mun|vill|want|interested)",
    _I,
)
_LONG_PAST = re.compile(r"\b(?:ennen\b(?!\s+\w+(?:jaisin|ta|tä)\b)|nuorena|nuorna|aikoinaan|förr|used to|when i was young)", _I)
_WISHING = re.compile(
    r"\b(?:halua\w*|haluis\w*|haluu\w*|tahto\w*|kaipa\w*|kaipa|toivo\w*|toive\w*|kiinnost\w*|innostu\w*|haavei\w*|tykkä\w*|rakasta\w*"
    r"|etsi\w*|löytyi\w*|onko|onks|tekisi mieli|tekis mieli|olisipa|olispa|olisi kiva|ois kiva|vill|skulle|söker|finns det"
    r"|want\w*|would like|wish\w*|looking for|love|is there)\b",
    _I,
)
_SENTENCE = re.compile(r"[^.!?\n]*")


@dataclass(frozen=True, slots=True)
class Need:
    """One need: its code, how surely it was heard (0…1), what of the lexicon it stands for, and whether it is urgent."""

    code: str
    strength: float
    concepts: tuple[tuple[str, float], ...] = ()
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class _Way:
    """One expression, made ready when first tried; `letters` must stand in the text."""

    code: str
    letters: str
    way: str
    weight: float
    denying: bool


def needs_of(text: str) -> tuple[Need, ...]:
    """The needs of a text, strongest first; at most `MOST`, and none far weaker than the strongest."""
    doubts: dict[str, float] = {}
    urgent: set[str] = set()
    low = text.lower()
    for one in _ways():
        if one.letters in low and (weight := _heard(one, text)):
            doubts[one.code] = doubts.get(one.code, 1.0) * (1.0 - weight)
            if one.weight == URGENT:
                urgent.add(one.code)
    subjects = any(1.0 - doubt >= HINT and code not in manners() for code, doubt in doubts.items())
    shares = {code: (1.0 - doubt) * _beside(code, urgent, subjects=subjects) for code, doubt in doubts.items()}
    least = LEAST_SHARE * max(shares.values(), default=0.0)
    best = sorted(((code, share) for code, share in shares.items() if share >= least), key=lambda pair: (-pair[1], pair[0]))[:MOST]
    return tuple(Need(code, round(share, 4), concepts()[code], code in urgent) for code, share in best)


def _beside(code: str, urgent: Collection[str], *, subjects: bool) -> float:
    """What a need weighs beside the others that were heard."""
    if urgent and code not in urgent:
        return BESIDE_URGENT
    return MANNER if subjects and code in manners() else 1.0


def _heard(one: _Way, text: str) -> float:
    """The greatest weight that any place in the text gives to the expression; 0 where it is only denied."""
    return max((_weight(one, text, found) for found in _ready(one.way).finditer(text)), default=0.0)


def _weight(one: _Way, text: str, found: re.Match[str]) -> float:
    if not one.denying and (_DENIED.search(text[: found.start()]) or _TURNED_DOWN.match(text[found.end() :])):
        return 0.0
    sentence = _sentence(text, found)
    weight = one.weight * (PAST if one.weight < URGENT and _LONG_PAST.search(sentence) else 1.0)
    return min(weight * (WISHED if _WISHING.search(sentence) else 1.0), 0.99)


def _sentence(text: str, found: re.Match[str]) -> str:
    begin = max(text.rfind(mark, 0, found.start()) for mark in ".!?\n") + 1
    held = _SENTENCE.match(text, begin)
    return held[0] if held else ""


@cache
def concepts() -> dict[str, tuple[tuple[str, float], ...]]:
    """Code → concepts of the search's lexicon with their shares."""
    return {code: _concepts(code, told) for code, told, _ in _blocks()}


def _concepts(code: str, told: str) -> tuple[tuple[str, float], ...]:
    pairs = [part.split() for part in told.removeprefix(_MANNER).split(",") if part.strip()]
    return tuple((name, int(rest[0]) / 100 if rest else 1.0) for name, *rest in pairs) or ((code, 1.0),)


@cache
def manners() -> frozenset[str]:
    """Codes of needs without a subject of their own."""
    return frozenset(code for code, told, _ in _blocks() if told.startswith(_MANNER))


@cache
def _ways() -> tuple[_Way, ...]:
    return tuple(way for code, _, lines in _blocks() for line in lines for way in _of(code, line))


def _of(code: str, line: str) -> Iterator[_Way]:
    weight = {"?": HINT, "!": URGENT}.get(line[0], SURE)
    for part in re.split(r",\s+", line.lstrip("?! ").rstrip(", ")):
        full = expression(part)
        yield _Way(code, needle(full), full, weight, bool(re.search(r"\b(?:en|ei|inte|not|can't|no|never)\b", part)))


@cache
def _ready(way: str) -> re.Pattern[str]:
    """Three thousand expressions take seconds to make ready, and a text needs some dozens."""
    return re.compile(way, _I)


def expression(part: str) -> str:
    """An expression of the file as a regular one: a word's beginning, blanks that may be commas, the macros."""
    whole = part.strip().replace(" ", r"[\s,–-]+")
    for name, stands in _MACROS.items():
        whole = whole.replace(name, stands)
    return rf"\b{whole}" if whole[0].isalpha() or whole.startswith("(?:") else whole


@cache
def _blocks() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """(code, what it stands for, its lines) of all files in the order of their names."""
    blocks: list[tuple[str, str, list[str]]] = []
    folder = resources.files("mukana.guidance").joinpath("data", _FOLDER)
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.startswith("["):
                code, _, told = line[1:].partition("]")
                blocks.append((code.removeprefix(_MANNER), (_MANNER if code.startswith(_MANNER) else "") + told.strip(), []))
            elif line.strip() and not line.startswith("#"):
                blocks[-1][2].append(line)
    return tuple((code, told, tuple(lines)) for code, told, lines in blocks)
