"""What roles give, and over which things."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mukana.accounts.rules import CONTAINED_IN, OF_ORGANISATION, PERMISSIONS, ROLES, SITE_WIDE, Hold, allowed, device_name, granted

PLACES = ("a", "b", "c")
holds = st.lists(st.builds(Hold, st.sampled_from(sorted(ROLES)), st.sampled_from((None, *PLACES))), max_size=5)
permissions = st.sampled_from(sorted(set(PERMISSIONS) - {"public", "signed_in"}))
owners = st.one_of(st.none(), st.frozensets(st.sampled_from(PLACES)))


@given(permissions, owners)
def test_nobody_without_a_role_may_anything(permission: str, owner: frozenset[str] | None) -> None:
    assert not allowed(permission, [], owner)


@given(permissions, holds, st.builds(Hold, st.sampled_from(sorted(ROLES)), st.sampled_from((None, *PLACES))), owners)
def test_a_further_role_takes_nothing_away(permission: str, held: list[Hold], more: Hold, owner: frozenset[str] | None) -> None:
    assert not allowed(permission, held, owner) or allowed(permission, [*held, more], owner)


@given(permissions, holds, st.frozensets(st.sampled_from(PLACES)))
def test_who_may_do_it_to_a_thing_may_open_its_page(permission: str, held: list[Hold], owner: frozenset[str]) -> None:
    assert not allowed(permission, held, owner) or allowed(permission, held)


@given(permissions, holds, st.frozensets(st.sampled_from(PLACES)), st.frozensets(st.sampled_from(PLACES)))
def test_who_reaches_a_unit_by_what_is_above_it_reaches_more_never_less(
    permission: str, held: list[Hold], owner: frozenset[str], above: frozenset[str]
) -> None:
    assert not allowed(permission, held, owner) or allowed(permission, held, owner | above)


@given(permissions, st.lists(st.builds(Hold, st.sampled_from(sorted(ROLES)), st.just("a")), max_size=5))
def test_roles_of_one_organisation_reach_no_other_and_nothing_of_the_whole_site(permission: str, held: list[Hold]) -> None:
    assert not allowed(permission, held, frozenset({"b"}))
    assert not allowed(permission, held, frozenset())
    assert permission not in SITE_WIDE or not allowed(permission, held)


@given(permissions, holds)
def test_a_role_gives_exactly_its_row(permission: str, held: list[Hold]) -> None:
    wide = [hold.role for hold in held if hold.organisation is None and hold.role not in OF_ORGANISATION]
    expected = permission in granted(set(wide)) or CONTAINED_IN.get(permission, "") in granted(set(wide))
    assert allowed(permission, held, frozenset()) == expected


def test_an_organiser_without_an_organisation_reaches_no_thing() -> None:
    assert allowed("entries.edit", [Hold("organiser")])
    assert not allowed("entries.edit", [Hold("organiser")], frozenset({"a"}))
    assert allowed("entries.edit", [Hold("organiser", "a")], frozenset({"a", "b"}))


def test_editing_everything_contains_editing_ones_own() -> None:
    assert allowed("entries.edit", [Hold("coordinator")], frozenset({"a"}))
    assert allowed("entries.edit", [Hold("coordinator")], frozenset())
    assert not allowed("entries.edit_all", [Hold("coordinator", "a")], frozenset({"a"}))


def test_an_unknown_role_and_an_unknown_permission_give_nothing() -> None:
    assert not allowed("entries.edit", [Hold("kuningas")])
    assert not allowed("kaikki", [Hold("it")])


def test_every_word_of_the_rules_is_a_known_permission() -> None:
    assert set(PERMISSIONS) >= SITE_WIDE | set(CONTAINED_IN) | set(CONTAINED_IN.values())
    assert set(ROLES) >= OF_ORGANISATION
    held = {permission for _, given in ROLES.values() for permission in given}
    assert held == set(PERMISSIONS) - {"public", "signed_in"}, "a permission that nobody has"


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Safari/537.36 Edg/131.0",
            "Edge, Windows",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/131.0 Mobile Safari/537.36", "Chrome, Android"),
        ("curl/8", ""),
    ],
)
def test_a_browser_is_named_in_two_words(agent: str, name: str) -> None:
    assert device_name(agent) == name
