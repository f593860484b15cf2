"""Ids that others see lead back to what they name."""

from __future__ import annotations

from urllib.parse import unquote
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from mukana.api.identifiers import keyword_id, own_id, own_key, public_id, rows_meant, words_meant

SOURCES = st.from_regex(r"\A[a-z][a-z0-9-]{0,12}\Z")
STORED = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=40)  # no database holds a NUL


@given(SOURCES, STORED)
def test_a_rows_id_leads_back_to_the_row_as_written_and_as_an_address_brings_it(source: str, row_id: str) -> None:
    row_id = row_id.removeprefix("series:") or "x"
    whole_id = public_id(source, row_id)
    assert (source, row_id) in rows_meant(whole_id)
    assert (source, row_id) in rows_meant(unquote(whole_id))


@given(st.sampled_from(("topic", "keyword", "audience")), STORED)
def test_a_words_id_leads_back_to_the_word(scheme: str, code: str) -> None:
    whole_id = keyword_id(scheme, code)
    assert (scheme, code) in words_meant(whole_id)
    assert (scheme, code) in words_meant(unquote(whole_id))


@given(st.uuids())
def test_our_own_ids_carry_their_key(key: UUID) -> None:
    assert own_key(own_id(key)) == own_key(own_id(key.hex)) == key


def test_ids_of_a_vocabulary_stay_as_they_are() -> None:
    assert keyword_id("keyword", "yso:p4354") == "yso:p4354"
    assert keyword_id("topic", "balance") == "mukana:topic.balance"


def test_an_id_of_ours_that_is_no_key_is_none() -> None:
    assert own_key("mukana:" + "z" * 36) is None
    assert own_key("neutral:e1") is None


def test_an_id_with_a_nul_means_nothing() -> None:
    assert not any("\x00" in part for pair in rows_meant("a:%00") + words_meant("mukana:topic.%00") for part in pair)
