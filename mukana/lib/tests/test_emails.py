import pytest

from mukana.lib.emails import hide_personal, holds_person, looks_personal, normal


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


def test_a_persons_address_goes_from_a_text_and_an_offices_stays() -> None:
    text = "Kysy: maija.meikalainen@kunta.fi. Tai info@kunta.fi."
    assert hide_personal(text) == "Kysy: …. Tai info@kunta.fi."
    assert hide_personal("Ei osoitetta") == "Ei osoitetta"


def test_an_id_may_carry_a_persons_address() -> None:
    assert holds_person("20260427T160000Z-8874-etunimi.sukunimi@yhdistys.fi")
    assert holds_person("20260427-jokuvaan@gmail.com")
    assert not holds_person("20rnaovltcrm32uvjl3gs1ftl3@google.com")
    assert not holds_person("tapahtuma-12@kunta.fi")
    assert not holds_person("12345")
