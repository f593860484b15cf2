import pytest
from hypothesis import given
from hypothesis import strategies as st

from mukana.lib.businessid import check_digit, normal
from mukana.lib.testing import shared_path


@pytest.mark.parametrize("text", ["0737546-2", "737546-2", "07375462", " FI07375462", "0737546–2"])
def test_a_business_id_is_written_in_one_way(text: str) -> None:
    assert normal(text) == "0737546-2"


@pytest.mark.parametrize("text", [None, "", "0737546-3", "1234", "abc", "0737546-22"])
def test_a_wrong_business_id_gives_nothing(text: str | None) -> None:
    assert normal(text) == ""


@given(st.integers(0, 9_999_999), st.integers(0, 6), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(number: int, place: int, change: int) -> None:
    digits = f"{number:07}"
    check = check_digit(digits)
    if check is not None:
        changed = digits[:place] + str((int(digits[place]) + change) % 10) + digits[place + 1 :]
        assert normal(f"{changed}-{check}") == ""


def test_the_business_ids_of_municipalities_are_valid() -> None:
    rows = shared_path("data/municipalities/ptv_municipality_organizations.tsv").read_text("utf-8").splitlines()
    column = next(n for n, name in enumerate(rows[0].split("\t")) if "business" in name.lower())
    ids = [row.split("\t")[column] for row in rows[1:]]
    assert [one for one in ids if one and not normal(one)] == []
