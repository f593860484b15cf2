import pytest
from hypothesis import given
from hypothesis import strategies as st

from mukana.lib.urls import host, safe_url


@pytest.mark.parametrize(
    ("source", "safe"),
    [
        ("www.multia.fi", "https://www.multia.fi"),
        ("multia.fi/liikunta?x=1", "https://multia.fi/liikunta?x=1"),
        (" http://www.kunta.fi/ ", "http://www.kunta.fi/"),
        ("http:/kunta.fi", "http://kunta.fi"),
        ("http//kunta.fi", "http://kunta.fi"),
        ("//kunta.fi/a", "https://kunta.fi/a"),
        ("kunta.fi:8080/a", "https://kunta.fi:8080/a"),
        ("www.a.fi, www.b.fi", "https://www.a.fi"),
        ("https://ääkkönen.fi/jumppa", "https://ääkkönen.fi/jumppa"),
        ("HTTPS://Kunta.fi", "HTTPS://Kunta.fi"),
    ],
)
def test_addresses_are_mended(source: str, safe: str) -> None:
    assert safe_url(source) == safe


@pytest.mark.parametrize(
    "source",
    [
        None,
        "",
        "-",
        "ei ole",
        "javascript:alert(1)",
        "data:text/html,x",
        "mailto:info@kunta.fi",
        "ftp://kunta.fi",
        "http://a@kunta.fi",
        'http://kunta.fi/"onload="x',
        "http://localhost/",
        "http://[::1",
        "http://kunta.fi:x/",
        "http://a\\b.fi",
        "http://kunta.fi/" + "x" * 500,
    ],
)
def test_what_is_no_safe_address_gives_nothing(source: str | None) -> None:
    assert safe_url(source) == ""


@given(st.text(max_size=60))
def test_a_safe_address_is_always_http_and_stays_as_it_is(source: str) -> None:
    safe = safe_url(source)
    assert safe == "" or safe.lower().startswith(("http://", "https://"))
    assert safe_url(safe) == safe


def test_a_host_is_shown_without_www() -> None:
    assert host("https://www.multia.fi/x") == "multia.fi"
    assert host("http://[::1") == ""
