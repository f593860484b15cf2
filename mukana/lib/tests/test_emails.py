import pytest

from mukana.lib.emails import looks_personal, normal


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Info@Kangasala.FI", "info@kangasala.fi"),
        ("mailto:liikunta@kunta.fi", "liikunta@kunta.fi"),
        ("etunimi.sukunimi(at)kunta.fi", "etunimi.sukunimi@kunta.fi"),
        ("Kysy: toimisto [at] seura.fi.", "toimisto@seura.fi"),
        ("ei ole", ""),
        (None, ""),
        ("x@y", ""),
    ],
)
def test_addresses_are_found_in_what_people_write(text: str | None, address: str) -> None:
    assert normal(text) == address


def test_a_persons_address_is_told_from_an_office() -> None:
    assert looks_personal("maija.meikalainen@kunta.fi")
    assert looks_personal("anna-liisa.virtanen2@seura.fi")
    assert not looks_personal("info@kunta.fi")
    assert not looks_personal("liikunta.palvelut@kunta.fi")
