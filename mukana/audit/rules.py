"""The words of traces, and how long things are kept; apps add theirs at start-up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Any

READ = "read"
Words = object  # said by str(): words, or words that are translated when they are shown

_verbs: dict[str, str] = {
    READ: "katsoi",
    "signed_in": "kirjautui",
    "feedback.sent": "lähetti palautteen",
    "feedback.answered": "vastasi palautteeseen",
    "imported": "toi tiedot lähteestä",
    "sent a table": "lähetti taulukon",
    "told the columns": "kertoi taulukon sarakkeet",
    "audit.exported": "latasi lokin taulukkona",
    "retention.confirmed": "vahvisti säilytysajan",
    "retention.ran": "poisti vanhentuneet tiedot",
    "hold.placed": "esti tiedon poistamisen",
    "hold.released": "salli taas tiedon poistamisen",
    "job.hurried": "pyysi yrittämään taustatyötä heti",
    "acting.begun": "alkoi toimia toisen puolesta",
    "acting.ended": "lopetti toisen puolesta toimimisen",
    "asked for a fetch": "pyysi hakemaan lähteen heti",
    "asked to undo an import": "pyysi perumaan tuonnin",
    "undid an import": "perui tuonnin",
    "planned the fetching": "muutti lähteen hakemista",
    "took away what the source no longer has": "poisti luettelosta, mitä lähteessä ei enää ole",
    "erased an account": "poisti tunnuksen tiedot",
    "gave a person their data": "antoi henkilölle hänen tietonsa",
    "identity.joined": "liitti tunnukseen uuden kirjautumistavan",
    "keys.rotated": "vaihtoi salausavaimet",
    "merged": "yhdisti kaksi kohdetta",
    "split": "erotti yhdistetyt kohteet",
    "told apart": "merkitsi kohteet eri asioiksi",
    "person.added": "lisäsi käyttäjän",
    "person.ended": "päätti tunnuksen",
    "person.brought back": "palautti tunnuksen",
    "person.renamed": "muutti nimen",
    "photograph.added": "lisäsi valokuvan",
    "photograph.removed": "poisti valokuvan",
    "role.given": "antoi roolin",
    "role.taken": "poisti roolin",
    "second step.added": "otti käyttöön kirjautumisen toisen vaiheen",
    "second step.forgotten": "poisti toisen vaiheen kadonneen puhelimen takia",
    "second step.removed": "poisti kirjautumisen toisen vaiheen",
    "second step.renewed": "uusi varakoodit",
    "sign_in.failed": "yritti kirjautua, mutta ei onnistunut",
    "signed_out": "kirjautui ulos",
    "used a login link": "kirjautui kertalinkillä",
}
_things: dict[str, tuple[str, str]] = {
    "directory.Feedback": ("Palaute", ""),
    "directory.Source": ("Tietolähde", "source"),
    "directory.Entry": ("Kohde", "entry"),
    "accounts.Person": ("Käyttäjä", ""),
    "audit.RetentionRule": ("Säilytysaika", ""),
    "audit.Trace": ("Loki", ""),
    "audit.Job": ("Taustatyö", ""),
    "audit.Keys": ("Salausavaimet", ""),
    "directory.Photograph": ("Valokuva", ""),
    "organisations.Organisation": ("Järjestö", ""),
}


_details: dict[str, Words] = {
    "fields": "näki", "purpose": "miksi", "reason": "syy", "count": "rivejä", "due": "rivejä", "topic": "aihe",
    "was": "tila ennen", "file": "tiedosto", "read": "luettu", "created": "uusia", "updated": "päivitettyjä",
    "tieto": "tieto", "henkilo": "henkilö", "alku": "alkaen", "loppu": "päättyen",
}  # fmt: skip


_values: dict[tuple[str, str], Mapping[str, Words]] = {}


def detail_words(detail: dict[str, Any]) -> str:
    """What a trace tells besides, in a line: "näki: nimi; miksi: hätätilanne"; what nobody has named stays as it is."""
    of = str(detail.get("what", ""))
    return "; ".join(f"{_details.get(name, name)}: {_said(name, value, of)}" for name, value in detail.items())


def _said(name: str, value: object, of: str) -> str:
    if isinstance(value, bool):
        return "kyllä" if value else "ei"
    words = _values.get((name, of)) or _values.get((name, ""), {})
    return ", ".join(str(words.get(str(one), one)) for one in (value if isinstance(value, list | tuple) else [value]))


def name_fields(words: Mapping[str, Words]) -> None:
    """Say what the keys of details mean: `name_fields({"decision": "päätös"})`; what has been named stays."""
    for name, said in words.items():
        _details.setdefault(name, said)


def name_values(name: str, words: Mapping[str, Words], *, of: str = "") -> None:
    """Say what the values of a key mean; `of`: only in details whose "what" is that."""
    _values[(name, of)] = {**_values.get((name, of), {}), **words}


def name_verbs(**verbs: str) -> None:
    """Say in Finnish what verbs mean: `name_verbs(**{"entry.confirmed": "vahvisti tiedot"})`."""
    _verbs.update(verbs)


def name_things(**things: tuple[str, str]) -> None:
    """Say in Finnish what things are, and the address that shows one: `{"directory.Entry": ("Kohde", "entry")}`."""
    _things.update(things)


def verb_words(verb: str) -> str:
    """The Finnish words of a verb; the code itself when nobody has told them."""
    return _verbs.get(verb, verb)


def thing_words(thing: str) -> tuple[str, str, str]:
    """What a thing is ("Palaute"), its id, and the name of the address that shows it ("" when none)."""
    sort, _, key = thing.partition(":")
    label, url = _things.get(sort, (sort, ""))
    return label, key, url


def things() -> list[tuple[str, str]]:
    """Every named sort of thing as (code, label), by label."""
    return sorted(((code, label) for code, (label, _) in _things.items()), key=lambda pair: pair[1])


def name_of(thing: object) -> str:
    """A record's name in traces: "app.Model:id"; words stay as they are."""
    if isinstance(thing, str):
        return thing
    return f"{thing._meta.label}:{thing.pk}"  # type: ignore[attr-defined]  # a record of Django


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """How long rows are kept, and what happens then.

    Rows of `model` ("directory.Feedback") whose `date_field` is older than `older_than` and that `narrow` (a
    function from queryset to queryset) leaves.  `action`: "delete", or a function that takes a queryset of due rows,
    makes them anonymous and gives their count; such rows must fall out of `narrow`.
    """

    code: str
    sentence: str
    model: str
    older_than: timedelta
    date_field: str
    action: str | Callable[[Any], int] = "delete"
    narrow: Callable[[Any], Any] | None = None

    @property
    def version(self) -> str:
        """Changes when the rule would touch other rows or do something else: somebody has to confirm it anew."""
        action = self.action if isinstance(self.action, str) else self.action.__qualname__
        narrow = self.narrow.__qualname__ if self.narrow else ""
        words = (self.sentence, self.model, self.older_than.total_seconds(), self.date_field, action, narrow)
        return sha256(repr(words).encode()).hexdigest()[:12]


_rules: dict[str, RetentionRule] = {}


def with_contact(rows: Any) -> Any:
    """Of these records, those that still hold a visitor's contact."""
    return rows.exclude(contact="")


def without_contact(rows: Any) -> int:
    """Forget the contacts; the records stay.  Gives their count."""
    return int(rows.update(contact=""))


def retain(*rules: RetentionRule) -> None:
    """Declare rules; an app does it in its `retention.py`."""
    _rules.update({rule.code: rule for rule in rules})


def rules() -> list[RetentionRule]:
    """Every declared rule, by code."""
    return [_rules[code] for code in sorted(_rules)]


def rule(code: str) -> RetentionRule | None:
    """The rule of that code."""
    return _rules.get(code)
