"""Does an entry suit a wish?  What breaks a condition, what speaks for it, what does not fit, and how much it weighs.  Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mukana.guidance.rules.ages import age_bar, age_share
from mukana.guidance.rules.facts import Facts
from mukana.guidance.rules.wish import Wish

ELSEWHERE, DRIVEN, FAR_KM, NEAR_KM = 0.4, 0.65, 60.0, 10.0
GENDER_UNSAID, OTHER_LANGUAGE = 0.8, 0.4
UNKNOWN_ACCESS, UNKNOWN_PRICE = 0.7, 0.9
REMOTE_HERE, REMOTE_ELSEWHERE = 0.9, 0.7
LIFT, SMALL_LIFT, GIVING = 1.35, 1.12, 1.6
_DEVICE = ("remote_together", "video_home")


@dataclass(frozen=True, slots=True)
class Mark:
    """One sentence about an entry: a code of `saying` and a number it holds (kilometres)."""

    code: str
    value: float | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """`bars`: conditions it breaks, none when it may be suggested.  `share` multiplies the search's score."""

    bars: tuple[str, ...] = ()
    why: tuple[Mark, ...] = ()
    lacks: tuple[Mark, ...] = ()
    share: float = 1.0


def judge(wish: Wish, facts: Facts) -> Judgement:
    """The whole judgement of one entry."""
    bars = tuple(dict.fromkeys(_bars(wish, facts)))
    if bars:
        return Judgement(bars, share=0.0)
    marks = [*_marks(wish, facts)]
    share = 1.0
    for _, _, factor in marks:
        share *= factor
    share *= _place_share(wish, facts) * age_share(wish, facts)
    why = tuple(Mark(code, facts.km if code == "near" else None) for code, good, _ in marks if good)
    lacks = tuple(Mark(code, facts.km if code == "far" else None) for code, good, _ in marks if not good)
    return Judgement((), why, lacks, share)


def _bars(wish: Wish, facts: Facts) -> Iterator[str]:
    broken = {
        "free": wish.free and (facts.price == "paid" or facts.told.costs),
        "remote": wish.remote and not (facts.remote and (facts.goes_nowhere or in_town(wish, facts))),
        "step_free": wish.step_free and _stairs(facts),
        "times": bool(wish.times) and _other_time(wish, facts),
        "age": age_bar(wish, facts),
        "gender": _other_gender(wish, facts),
        "language": wish.language_must and _foreign(wish, facts),
        "far": _too_far(wish, facts),
        "device": wish.no_device and _needs_device(facts),
        "giver": facts.told.giver and not wish.gives,
        "families": wish.bereaved and facts.told.children and not facts.told.loss,
        "refused": bool(wish.refused & facts.told.about - _harmless(wish, facts)),
    }
    return (code for code, breaks in broken.items() if breaks)


def _stairs(facts: Facts) -> bool:
    state = facts.accessibility.get("step_free")
    return state == "no" or (facts.told.stairs and state != "yes")


def _other_time(wish: Wish, facts: Facts) -> bool:
    """A place and a video have no hours; where none are told, none conflict."""
    slots = facts.slots or facts.told.slots
    return bool(slots) and not facts.lasting and facts.kind != "video" and not slots & set(wish.times)


def _too_far(wish: Wish, facts: Facts) -> bool:
    """Nobody visits homes in another municipality."""
    if facts.goes_nowhere or in_town(wish, facts):
        return False
    return wish.near_only or facts.told.home_visit


def _needs_device(facts: Facts) -> bool:
    if facts.told.lends:
        return False
    by_net = "screen" in facts.told.about and facts.remote and "phone" not in facts.told.about
    return facts.form in _DEVICE or facts.kind == "video" or by_net


def _harmless(wish: Wish, facts: Facts) -> frozenset[str]:
    """Who wants no group may still meet in a place or at home; talking is not refused of one listener."""
    codes = set()
    if facts.kind in ("place", "route", "video"):
        codes |= {"group", "talking"}
    if facts.remote and facts.kind == "service":
        codes |= {"talking"}
    if "group" in wish.refused and facts.kind == "service":
        codes |= {"group"}
    return frozenset(codes)


def _other_gender(wish: Wish, facts: Facts) -> bool:
    women = facts.told.women or ("women" in facts.audiences and "men" not in facts.audiences)
    men = facts.told.men or ("men" in facts.audiences and "women" not in facts.audiences)
    if women == men:
        return False
    return wish.gender == ("man" if women else "woman")


def _foreign(wish: Wish, facts: Facts) -> bool:
    if facts.lasting or facts.kind == "video" or not wish.language or wish.language == "fi":
        return False
    return bool(facts.languages) and wish.language not in facts.languages and wish.language not in facts.told.languages


def in_town(wish: Wish, facts: Facts) -> bool:
    """In the person's own municipality, or a few kilometres away; nobody knows when neither is told."""
    if not wish.municipality or not facts.municipality:
        return True
    return facts.municipality == wish.municipality or (facts.km is not None and facts.km <= NEAR_KM)


def _place_share(wish: Wish, facts: Facts) -> float:
    if facts.goes_nowhere:
        own = facts.anywhere or not facts.municipality or not wish.municipality or facts.municipality == wish.municipality
        return REMOTE_HERE if own or facts.kind == "video" else REMOTE_ELSEWHERE
    if not wish.municipality or facts.municipality == wish.municipality:
        return 1.0
    if facts.km is None:
        return (DRIVEN if wish.drives else ELSEWHERE) if facts.municipality else 0.8
    if facts.km <= NEAR_KM:
        return 1.0
    return max(1.0 - 0.6 * min(facts.km, FAR_KM) / FAR_KM, ELSEWHERE) if facts.km < FAR_KM else ELSEWHERE * FAR_KM / facts.km


Said = tuple[str, bool, float]  # code, speaks for it, share


def _marks(wish: Wish, facts: Facts) -> Iterator[Said]:
    if wish.urgent and facts.remote and facts.kind == "service":
        yield "at_once", True, LIFT
    if wish.gives and facts.told.giver:
        yield "giver", True, GIVING
    yield from _where(wish, facts)
    yield from _how(wish, facts)
    yield from _help(wish, facts)


def _where(wish: Wish, facts: Facts) -> Iterator[Said]:
    if facts.form == "video_home" or facts.kind == "video":
        yield "video", True, 1.0
    elif facts.told.home_visit:
        yield "home_visit", True, LIFT if wish.remote else 1.0
    elif facts.remote:
        yield "remote", True, 1.0
    elif facts.km is not None:
        yield ("near", True, 1.0) if facts.km <= FAR_KM / 2 else ("far", False, 1.0)
    elif wish.municipality and facts.municipality and not facts.anywhere:
        yield ("own_town", True, 1.0) if facts.municipality == wish.municipality else ("other_town", False, 1.0)
    if facts.price == "free" and not facts.told.costs:
        yield "free", True, 1.0
    elif wish.free:
        yield "price_unknown", False, UNKNOWN_PRICE


def _how(wish: Wish, facts: Facts) -> Iterator[Said]:
    yield from _body(wish, facts)
    yield from _time(wish, facts)
    told = facts.told
    if wish.outdoors and (
        facts.form == "outdoor_route" or "outdoor" in facts.features or "outdoors" in told.about or facts.kind == "route"
    ):
        yield "outdoor", True, SMALL_LIFT
    if wish.language in ("sv", "en") and (wish.language in facts.languages or wish.language in told.languages):
        yield f"language_{wish.language}", True, LIFT if wish.language_must else SMALL_LIFT
    elif _known_foreign(wish, facts) or (wish.language in ("", "fi") and facts.told.languages and not wish.language_only):
        yield "other_language", False, OTHER_LANGUAGE


def _body(wish: Wish, facts: Facts) -> Iterator[Said]:
    told, access = facts.told, facts.accessibility
    if wish.step_free and not facts.remote:
        yield ("step_free", True, 1.1) if access.get("step_free") == "yes" or told.level else ("access_unknown", False, UNKNOWN_ACCESS)
    if wish.hearing:
        yield ("hearing", True, SMALL_LIFT) if access.get("hearing") == "yes" else ("hearing_unknown", False, 0.95)
    if (wish.seated or wish.short or wish.step_free) and ("sitting" in facts.features or told.seated):
        yield "seated", True, SMALL_LIFT
    if (wish.calm or wish.short) and ("calm" in facts.features or told.calm):
        yield "calm", True, SMALL_LIFT


def _time(wish: Wish, facts: Facts) -> Iterator[Said]:
    if wish.times and (facts.slots or facts.told.slots):
        yield "time_suits", True, 1.05
    elif wish.times and not facts.lasting and facts.kind in ("group", "event"):
        yield "time_unknown", False, 0.9


def _known_foreign(wish: Wish, facts: Facts) -> bool:
    return wish.language in ("sv", "en") and wish.language not in facts.languages


def _help(wish: Wish, facts: Facts) -> Iterator[Said]:
    told, features = facts.told, facts.features
    if "support_person" in features:
        yield "support_person", True, LIFT if wish.companion else 1.0
    elif told.accompanied or "companion_welcome" in features:
        yield "companion", True, LIFT if wish.companion else 1.0
    elif wish.companion and not facts.remote:
        yield "nobody_along", False, 0.95
    if wish.children and ("child_welcome" in features or told.childcare or told.children):
        yield "children", True, SMALL_LIFT
    if "ride" in features:
        yield "ride", True, SMALL_LIFT if wish.near_only or wish.ride else 1.0
    if wish.no_device and ("phone_ok" in features or "phone" in told.about):
        yield "phone", True, SMALL_LIFT
    if (told.women and not wish.gender) or (told.men and not wish.gender):
        yield "one_gender", False, GENDER_UNSAID
