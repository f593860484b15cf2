import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mukana.lib.phones import NBSP, from_pair, normal, shown, unbroken


@pytest.mark.parametrize(
    ("typed", "number", "readable"),
    [
        ("041 730 8168 (klo 9-16)", "+358417308168", "041 730 8168"),
        ("0400-541638", "+358400541638", "040 054 1638"),
        ("014 569 4257", "+358145694257", "014 569 4257"),
        ("(014) 2671 266", "+358142671266", "014 267 1266"),
        ("0205645916", "+358205645916", "020 564 5916"),
        ("+358 9 816 589 84", "+358981658984", "09 816 589 84"),
        ("040-510 75 36", "+358405107536", "040 510 7536"),
        ("(08)6155521", "+35886155521", "08 615 5521"),
        ("015 1941", "+358151941", "015 1941"),
        ("0800 12345", "+35880012345", "0800 123 45"),
        ("klo 9–16 p. 050 123 4567", "+358501234567", "050 123 4567"),
        ("040 123 4567 / 050 765 4321", "+358401234567", "040 123 4567"),
        ("+358 (0)40 123 4567", "+358401234567", "040 123 4567"),
        ("00358401234567", "+358401234567", "040 123 4567"),
        ("358401234567", "+358401234567", "040 123 4567"),
        ("405416380", "+358405416380", "040 541 6380"),
        ("puh. 116 117", "116117", "116 117"),
        ("112", "112", "112"),
        ("+46 8 123 456 78", "+46812345678", "+46 812 345 678"),
    ],
)
def test_numbers_are_read_as_people_type_them(typed: str, number: str, readable: str) -> None:
    assert normal(typed) == number
    assert shown(number).replace("\u00a0", " ") == readable


@pytest.mark.parametrize(
    "typed",
    [None, "", "-", "kysy toimistosta", "12", "ma-pe 9-16", "0", "2026", "012345678901234567"],
)
def test_what_is_no_number_gives_nothing(typed: str | None) -> None:
    assert normal(typed) == ""
    assert shown("") == ""


def test_numbers_given_in_two_parts_are_joined() -> None:
    assert from_pair("+358", "63253122") == "+35863253122"
    assert from_pair("+358", "0401234567") == "+358401234567"
    assert from_pair("", "0295 020 111") == "+358295020111"
    assert from_pair("+358", "116117") == "116117"
    assert from_pair("+46", "812345678") == "+46812345678"
    assert from_pair("+358", None) == ""


@given(st.from_regex(r"0[2-9][0-9]{5,9}", fullmatch=True))
def test_a_shown_number_is_read_back_as_the_same_number(digits: str) -> None:
    number = normal(digits)
    assert number == "+358" + digits[1:]
    assert normal(shown(number)) == number


@given(st.text(alphabet="0123456789+-() klo/.", max_size=30))
def test_whatever_is_typed_the_number_has_one_shape(typed: str) -> None:
    assert re.fullmatch(r"\+\d{7,15}|\d{3,6}|", normal(typed))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Soita 05 000 1200.", "Soita 05_000_1200."),
        ("puh. 040 123 4567 ja 044 765 4321", "puh. 040_123_4567 ja 044_765_4321"),
        ("+358 40 123 4567", "+358_40_123_4567"),
        ("klo 10 15 minuuttia", "klo 10 15 minuuttia"),
        ("maksaa 1,50 30 min", "maksaa 1,50 30 min"),
        ("ei numeroa", "ei numeroa"),
    ],
)
def test_the_blanks_of_a_number_in_a_text_do_not_break(text: str, told: str) -> None:
    assert unbroken(text).replace(NBSP, "_") == told


def test_a_number_in_no_known_shape_is_shown_unbroken() -> None:
    assert shown("05 000 1200") == f"05{NBSP}000{NBSP}1200"
