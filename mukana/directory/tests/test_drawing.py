"""The drawn map keeps pins apart, inside, and where they are."""

from __future__ import annotations

from math import hypot

from hypothesis import given
from hypothesis import strategies as st

from mukana.directory.drawing import PIN, SIZE, Spot, ground, lines_of

POINTS = st.tuples(st.floats(60, 70), st.floats(20, 31))
KUOPIO = Spot("Kuopio", (62.892, 27.678))


def pins(points: list[tuple[float, float]]) -> list[Spot]:
    return [Spot(str(number), point) for number, point in enumerate(points, 1)]


@given(st.lists(POINTS, min_size=1, max_size=12), st.one_of(st.none(), POINTS))
def test_every_pin_is_inside_and_numbered_as_given(points: list[tuple[float, float]], centre: tuple[float, float] | None) -> None:
    drawn = ground(pins(points), [KUOPIO], origin=Spot("", centre) if centre else None)
    assert drawn is not None
    assert len(drawn.pins) + drawn.outside == len(points)
    assert all(0 <= pin.x <= SIZE and 0 <= pin.y <= SIZE for pin in drawn.pins)
    numbers = [int(pin.label) for pin in drawn.pins]
    assert numbers == sorted(numbers)


@given(POINTS, st.integers(2, 12))
def test_pins_of_one_address_stand_apart(point: tuple[float, float], count: int) -> None:
    drawn = ground(pins([point] * count), [])
    assert drawn is not None
    apart = [hypot(a.x - b.x, a.y - b.y) for i, a in enumerate(drawn.pins) for b in drawn.pins[:i]]
    assert min(apart) >= PIN - 1
    assert {(pin.true_x, pin.true_y) for pin in drawn.pins} == {(drawn.pins[0].true_x, drawn.pins[0].true_y)}


def test_north_is_up_and_east_is_right() -> None:
    drawn = ground(pins([(62.9, 27.6), (63.0, 27.9)]), [])
    assert drawn is not None
    south_west, north_east = drawn.pins
    assert south_west.x < north_east.x
    assert south_west.y > north_east.y


def test_a_pin_in_lapland_does_not_shrink_the_neighbourhood() -> None:
    drawn = ground(pins([(62.89, 27.68), (62.90, 27.70), (62.88, 27.60), (68.9, 27.0)]), [KUOPIO], origin=KUOPIO)
    assert drawn is not None
    assert [pin.label for pin in drawn.pins] == ["1", "2", "3"]
    assert drawn.outside == 1


def test_rings_are_true_to_scale() -> None:
    drawn = ground(pins([(62.92, 27.68), (62.95, 27.7)]), [], origin=KUOPIO)
    assert drawn is not None
    assert len(drawn.rings) == 2
    small, large = drawn.rings
    assert abs(small.radius / small.km - large.radius / large.km) < 1


def test_one_place_is_shown_among_three_towns_with_distances_around_it() -> None:
    towns = [KUOPIO, Spot("Siilinjärvi", (63.075, 27.66)), Spot("Leppävirta", (62.491, 27.787)), Spot("Tampere", (61.5, 23.8))]
    drawn = ground(pins([(62.9, 27.4)]), towns)
    assert drawn is not None
    assert [town.label for town in drawn.towns] == ["Kuopio", "Siilinjärvi", "Leppävirta"]
    assert {(ring.cx, ring.cy) for ring in drawn.rings} == {(drawn.pins[0].x, drawn.pins[0].y)}


def test_a_short_route_fills_the_picture_and_tells_its_scale() -> None:
    line = [[(62.9, 27.6), (62.905, 27.605), (62.9, 27.61)]]
    drawn = ground([Spot("", line[0][0])], [KUOPIO], track=line)
    assert drawn is not None
    across = [int(point.split(",")[1]) for point in drawn.track[0].split()]
    assert max(across) - min(across) > SIZE / 3
    assert {ring.label for ring in drawn.rings} <= {"100 m", "200 m", "500 m", "1 km"}
    assert drawn.rings


def test_nothing_to_show_is_no_map() -> None:
    assert ground([], [KUOPIO], origin=KUOPIO) is None


def test_a_route_is_drawn_as_its_line_whatever_its_parts() -> None:
    one = lines_of({"type": "LineString", "coordinates": [[27.6, 62.9, 90], [27.7, 62.95, 91]]})
    assert one == [[(62.9, 27.6), (62.95, 27.7)]]
    two = lines_of({"type": "MultiLineString", "coordinates": [[[27.6, 62.9], [27.7, 62.95]], [[27.7, 62.95], [27.8, 62.9]]]})
    drawn = ground([], [], track=two)
    assert drawn is not None
    assert len(drawn.track) == 2


def test_a_strange_geometry_is_no_line() -> None:
    assert lines_of(None) == lines_of({"type": "Point", "coordinates": [1, 2]}) == lines_of({"type": "LineString"}) == []
