"""What is alike and what only looks so."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mukana.duplicates.blocking import LARGEST, pairs
from mukana.duplicates.rules import SUGGEST, Face, likeness, name_likeness

WEDNESDAY, WEEK = 29_800_000, 7 * 24 * 60
MUNICIPAL = Face(
    "a", "group", "Vesijumppa ikäihmisille", organiser="Kuopion kaupunki", municipality="297", address="Kuopion uimahalli Suokatu 10",
    point=(62.89, 27.68), phone="+35817182111",
    starts=frozenset(WEDNESDAY + WEEK * n for n in range(10)), sources=frozenset({"linkedevents"}),
)  # fmt: skip
COUNTY = replace(
    MUNICIPAL, key="b", name="Ikäihmisten vesijumppa", organiser="Pohjois-Savon hyvinvointialue", phone="", sources=frozenset({"ptv"})
)


def alike(one: Face, two: Face) -> bool:
    return likeness(one, two).score >= SUGGEST


def test_the_same_group_told_by_the_municipality_and_the_county_is_suggested() -> None:
    found = likeness(MUNICIPAL, COUNTY)
    assert found.score >= SUGGEST
    assert {"name", "time", "place"} <= set(found.agree)


def test_the_same_name_at_another_hour_is_another_group() -> None:
    assert not alike(MUNICIPAL, replace(COUNTY, starts=frozenset(start + 120 for start in MUNICIPAL.starts)))


def test_the_same_name_in_another_municipality_is_another_group() -> None:
    assert not alike(MUNICIPAL, replace(COUNTY, municipality="179", address="", point=None, starts=frozenset()))


def test_numbered_groups_are_different_groups() -> None:
    one = replace(MUNICIPAL, name="Tuolijumppa ryhmä 1", starts=frozenset())
    assert not alike(one, replace(one, key="b", name="Tuolijumppa ryhmä 2", sources=frozenset({"table"}), phone=""))


def test_a_hall_and_a_group_in_it_are_two_things() -> None:
    assert not alike(MUNICIPAL, replace(COUNTY, kind="place", name="Vesijumppa ikäihmisille"))


def test_one_source_tells_its_own_groups_apart() -> None:
    other_day = replace(COUNTY, sources=MUNICIPAL.sources, starts=frozenset(start + 24 * 60 for start in MUNICIPAL.starts))
    assert not alike(MUNICIPAL, other_day)


def test_one_source_that_tells_the_same_twice_is_noticed() -> None:
    assert alike(MUNICIPAL, replace(COUNTY, sources=MUNICIPAL.sources))


def test_a_concert_told_by_two_calendars_is_suggested() -> None:
    one = Face(
        "a", "event", "Manala Afterwork Jazz VAPPUSPECIAL feat. Olli Soikkeli", starts=frozenset({WEDNESDAY}), sources=frozenset({"x"})
    )
    two = replace(one, key="b", name="Manala Afterwork Jazz feat. Olli Soikkeli at Ravintola Manala", sources=frozenset({"y"}))
    assert alike(one, two)


@pytest.mark.parametrize(
    ("one", "two", "low", "high"),
    [
        ("Vesijumppa", "vesijumppa", 1.0, 1.0),
        ("Digituki: Älypuhelin haltuun", "Älypuhelin haltuun, digituki", 0.95, 1.0),
        ("Kuoro", "Kuorolaulua kaikille", 0.0, 0.8),
        ("Jumppa 1", "Jumppa 2", 0.0, 0.75),
        ("", "Jumppa", 0.0, 0.0),
    ],
)
def test_names_are_compared_by_their_words(one: str, two: str, low: float, high: float) -> None:
    assert low <= name_likeness(one, two) <= high


names = st.sampled_from(["Vesijumppa", "Tuolijumppa", "Kuoro", "Digituki", "Vesijumppa 2", "Sauvakävely"])
faces = st.builds(
    Face,
    key=st.text("abcdef0123456789", min_size=4, max_size=6),
    kind=st.sampled_from(["group", "event", "service", "place"]),
    name=names,
    organiser=st.sampled_from(["", "Kuopion kaupunki", "Martat"]),
    municipality=st.sampled_from(["", "297", "179"]),
    place=st.sampled_from(["", "p1", "p2"]),
    point=st.none() | st.tuples(st.floats(62, 63), st.floats(27, 28)),
    phone=st.sampled_from(["", "+3581", "+3582"]),
    starts=st.frozensets(st.integers(0, 10).map(lambda n: n * 60), max_size=3),
    sources=st.frozensets(st.sampled_from(["x", "y"]), max_size=1),
)


@given(faces, faces)
def test_likeness_is_the_same_both_ways_and_between_nought_and_one(one: Face, two: Face) -> None:
    there, back = likeness(one, two), likeness(two, one)
    assert there.score == back.score
    assert 0 <= there.score <= 1
    assert not set(there.agree) & set(there.differ)


@given(st.lists(faces, max_size=25, unique_by=lambda face: face.key), st.data())
def test_pairs_come_once_and_with_the_wanted_ones_only(found: list[Face], data: st.DataObject) -> None:
    every = [frozenset((one.key, two.key)) for one, two in pairs(found)]
    assert len(every) == len(set(every))
    assert all(len(pair) == 2 for pair in every)
    wanted = data.draw(st.sets(st.sampled_from([face.key for face in found]))) if found else set()
    some = [frozenset((one.key, two.key)) for one, two in pairs(found, wanted)]
    assert len(some) == len(set(some))
    assert set(some) == {pair for pair in every if pair & wanted}


@given(st.lists(faces, min_size=2, max_size=20, unique_by=lambda face: face.key))
def test_whatever_shares_a_name_and_a_town_and_would_be_suggested_is_compared(found: list[Face]) -> None:
    compared = {frozenset((one.key, two.key)) for one, two in pairs(found)}
    for one in found:
        for two in found:
            same = one.name == two.name and one.municipality == two.municipality
            if one.key < two.key and same and likeness(one, two).score >= SUGGEST:
                assert frozenset((one.key, two.key)) in compared


def test_a_block_of_something_common_is_left_out() -> None:
    crowd = [replace(MUNICIPAL, key=f"{n:04}", name=f"ryhmä{n}", place="", starts=frozenset()) for n in range(LARGEST + 1)]
    assert list(pairs(crowd)) == []
