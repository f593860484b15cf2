import pytest
from hypothesis import given
from hypothesis import strategies as st

from mukana.lib.words import distance, money, number, parse_price


@pytest.mark.parametrize(
    ("cents", "language", "text"),
    [
        (0, "fi", "Maksuton"),
        (250, "fi", "2,50_€"),
        (300, "fi", "3_€"),
        (123456, "fi", "1_234,56_€"),
        (0, "sv", "Gratis"),
        (250, "en", "€2.50"),
        (0, "smn", "Maksuton"),
        (205, "fi", "2,05_€"),
    ],
)
def test_prices_are_written_as_in_finland(cents: int, language: str, text: str) -> None:
    assert money(cents, language).replace("\u00a0", "_") == text


@pytest.mark.parametrize(
    ("km", "text"),
    [
        (0, "50_m"),
        (0.31, "300_m"),
        (0.99, "1_km"),
        (1.234, "1,2_km"),
        (3.0, "3_km"),
        (9.97, "10_km"),
        (12.4, "12_km"),
        (1200, "1_200_km"),
    ],
)
def test_distances_are_rounded_as_one_says_them(km: float, text: str) -> None:
    assert distance(km).replace("\u00a0", "_") == text


def test_english_has_its_own_separators() -> None:
    assert distance(1.234, "en") == "1.2\u00a0km"
    assert number(122594) == "122\u00a0594"
    assert number(122594, "en") == "122,594"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("maksuton", ("free", 0)),
        ("Tapahtuma on maksuton.", ("free", 0)),
        ("Vapaa pääsy", ("free", 0)),
        ("Fritt inträde", ("free", 0)),
        ("Ei maksua", ("free", 0)),
        ("0 €", ("free", 0)),
        ("2,50 euroa", ("paid", 250)),
        ("<p>Kertamaksu 3 €</p>", ("paid", 300)),
        ("5 €/kerta", ("paid", 500)),
        ("5e", ("paid", 500)),
        ("10,-€", ("paid", 1000)),
        ("7.50", ("paid", 750)),
        ("8 / 5 €", ("paid", 500)),
        ("Aikuiset 8 €, lapset 4,5 €", ("paid", 450)),
        (
            "<p>Sisäänpääsymaksu (ei Seniori/Kimmokeranneke) + ohjausmaksu 2,50 euroa</p>",
            ("paid", 250),
        ),
        ("sisäänpääsy 6 € + ohjaus 2,50 €", ("paid", 850)),
        ("Lapset maksutta, aikuiset 5 €", ("paid", 500)),
        ("Vapaa pääsy. Kahvi 2 €", ("free", 0)),
        ("1 250 €", ("paid", 125000)),
        ("Maksullinen", ("paid", None)),
        ("Osallistumismaksu peritään ovella", ("paid", None)),
        ("", ("unknown", None)),
        (None, ("unknown", None)),
        ("Kysy toimistosta klo 10.00", ("unknown", None)),
        ("Kausi 2026–2027", ("unknown", None)),
    ],
)
def test_prices_are_read_from_text(text: str | None, expected: tuple[str, int | None]) -> None:
    assert parse_price(text) == expected


@given(st.integers(0, 999_999))
def test_a_written_price_is_read_back(cents: int) -> None:
    assert parse_price(money(cents)) == ("paid" if cents else "free", cents)


@given(st.text(max_size=80))
def test_no_text_breaks_the_reading_of_prices(text: str) -> None:
    kind, cents = parse_price(text)
    assert kind in ("free", "paid", "unknown")
    assert (cents == 0) == (kind == "free")
