"""Who could come along to a session: the register asked by the rules of matching."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from mukana.lib.clock import now, today
from mukana.lib.geo import haversine_km
from mukana.referrals.models import Companion, Support, SupportOffer
from mukana.referrals.rules.matching import Companion as Candidate
from mukana.referrals.rules.matching import Slot, Wish, fits, obstacles, ranked
from mukana.referrals.rules.support import HAS_COMPANION

RECENT = timedelta(days=60)
Point = tuple[float, float]  # degrees north and east


def candidates(support: Support) -> list[Companion]:
    """Everybody in the register who can, the best first; a person chooses."""
    register = {str(one.pk): one for one in Companion.objects.filter(active=True).select_related("home").prefetch_related("slots", "areas")}
    wish = wish_of(support)
    best = ranked(as_candidates(register.values(), support), wish, resident_of(support), today())
    return [register[one.key] for one in best]


@dataclass(frozen=True, slots=True)
class Weighed:
    """Somebody of the register against a need: what speaks for them, or what stands in the way."""

    companion: Companion
    fits: list[str]
    obstacles: list[str]
    shared: list[str]  # interests of both


def weighed(support: Support) -> tuple[list[Weighed], list[Weighed]]:
    """Those who can be asked, the best first, and those who cannot, each with the reasons."""
    register = {str(one.pk): one for one in Companion.objects.filter(active=True).select_related("home").prefetch_related("slots", "areas")}
    wish, resident, day = wish_of(support), resident_of(support), today()
    seen = as_candidates(register.values(), support)
    able = [_weighed(register[one.key], one, wish, []) for one in ranked(seen, wish, resident, day)]
    others = [(one, obstacles(one, wish, resident, day)) for one in seen if wish.area in one.areas]
    return able, [_weighed(register[one.key], one, wish, found) for one, found in others if found]


def _weighed(companion: Companion, one: Candidate, wish: Wish, found: list[str]) -> Weighed:
    return Weighed(companion, [] if found else fits(one, wish), found, sorted(one.interests & wish.interests))


def obstacles_of(companion: Companion, support: Support) -> list[str]:
    """Why this one cannot be asked; empty when nothing stands in the way."""
    return obstacles(as_candidates([companion], support)[0], wish_of(support), resident_of(support), today())


def wish_of(support: Support) -> Wish:
    """What the resident needs, as the rules see it."""
    resident = support.placement.referral.resident
    starts_at = support.starts_at or now()
    before = Support.objects.filter(placement__referral__resident=resident, visits__gt=0, companion__isnull=False)
    return Wish(
        area=support.placement.referral.area_id,
        starts_at=starts_at,
        ends_at=support.ends_at or starts_at + timedelta(hours=1),
        language=resident.language,
        gender=resident.gender_wish,
        practical=frozenset(resident.practical),
        interests=frozenset(resident.interests),
        excluded=frozenset(resident.excluded_companions) | _asked_before(support),
        before=frozenset(str(key) for key in before.values_list("companion_id", flat=True)),
    )


def as_candidates(register: Iterable[Companion], support: Support) -> list[Candidate]:
    """Rows of the register as the rules see them; what they have at hand is read for all at once."""
    companions = list(register)
    keys = [one.pk for one in companions]
    starts: dict[UUID, list[datetime | None]] = defaultdict(list)
    tasks = Support.objects.filter(companion__in=keys, state__in=HAS_COMPANION).exclude(pk=support.pk)
    for companion, at in tasks.values_list("companion_id", "starts_at"):
        starts[companion].append(at)
    asked = SupportOffer.objects.filter(companion__in=keys, at__gte=now() - RECENT)
    recent = Counter(asked.values_list("companion_id", flat=True))
    where = _where(support)
    return [_as_candidate(one, starts[one.pk], recent[one.pk], where) for one in companions]


def _where(support: Support) -> Point | None:
    """Where they would go: the place of the group, or the middle of the resident's town."""
    placement = support.placement
    for there in (placement.entry, placement.referral.area):
        if there is not None and there.lat is not None and there.lon is not None:
            return there.lat, there.lon
    return None


def _as_candidate(one: Companion, starts: list[datetime | None], recent: int, where: Point | None) -> Candidate:
    days = [at.date() for at in starts if at]
    home = one.home
    return Candidate(
        key=str(one.pk),
        areas=frozenset(area.pk for area in one.areas.all()),
        slots=tuple(Slot(slot.day, slot.start, slot.end) for slot in one.slots.all()),
        languages=frozenset(one.languages),
        gender=one.gender,
        skills=frozenset(one.skills),
        interests=frozenset(one.interests),
        vetted_on=one.vetted_on,
        pledged_on=one.pledged_on,
        conflicts=frozenset(one.conflicts),
        load=len(starts),
        most=one.most,
        recent=recent,
        km=haversine_km(home.lat, home.lon, *where) if where and home and home.lat is not None and home.lon is not None else None,
        starts=one.starts_achieved,
        active=one.active,
        model=one.is_model,
        price_cents=one.price_cents,
        wait_days=one.wait_days,
        busy=frozenset(days) if not one.is_model else frozenset(),
    )


def resident_of(support: Support) -> str:
    """The resident's id, for conflict lists."""
    return str(support.placement.referral.resident_id)


def _asked_before(support: Support) -> frozenset[str]:
    """Who said no to this very session, did not answer, or let go."""
    no = support.offers.filter(state__in=("declined", "expired", "released"))
    return frozenset(str(key) for key in no.values_list("companion_id", flat=True))
