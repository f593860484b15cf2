from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mukana.lib.secretbox import CannotOpen, SecretBox, new_key

OLD, NEW = new_key(), new_key()


@given(st.text(), st.text(max_size=40))
def test_what_is_sealed_is_opened_whatever_it_says(text: str, about: str) -> None:
    box = SecretBox([OLD])
    assert box.open(box.seal(text, about), about) == text


def test_the_same_text_is_sealed_differently_each_time_and_tells_nothing() -> None:
    box = SecretBox([OLD])
    one, other = box.seal("Aino Virtanen", "a"), box.seal("Aino Virtanen", "a")
    assert one != other
    assert "Aino" not in one


def test_a_new_key_in_front_seals_and_the_old_one_still_opens() -> None:
    sealed = SecretBox([OLD]).seal("Aino", "a")
    both = SecretBox([NEW, OLD])
    assert both.open(sealed, "a") == "Aino"
    assert not sealed.startswith(both.prefix)
    assert both.seal("Aino", "a").startswith(both.prefix)


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda text: text[:-4] + "AAA=", "broken"),
        (lambda text: text.replace("s1.", "s2."), "broken"),
        (lambda text: "s1", "no_key"),
        (lambda text: "", "broken"),
        (lambda text: text[:12] + "%%", "broken"),
    ],
)
def test_what_was_changed_is_not_opened(spoil: object, code: str) -> None:
    sealed = SecretBox([OLD]).seal("Aino", "a")
    with pytest.raises(CannotOpen) as refused:
        SecretBox([OLD]).open(spoil(sealed), "a")  # type: ignore[operator]
    assert refused.value.code == code


def test_a_text_of_one_column_does_not_open_in_another() -> None:
    box = SecretBox([OLD])
    with pytest.raises(CannotOpen):
        box.open(box.seal("Aino", "name"), "address")


def test_without_its_key_nothing_opens() -> None:
    with pytest.raises(CannotOpen) as refused:
        SecretBox([NEW]).open(SecretBox([OLD]).seal("Aino", "a"), "a")
    assert refused.value.code == "no_key"


@pytest.mark.parametrize("keys", [[], ["AAAA"], ["not base64 at all!"]])
def test_what_is_no_key_is_refused(keys: list[str]) -> None:
    with pytest.raises(ValueError):
        SecretBox(keys)
