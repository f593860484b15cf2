"""A page beyond any list is refused before the database is asked."""

from __future__ import annotations

import pytest

from mukana.api.reading import LAST_PAGE, BadParameter, slice_of


def test_the_last_page_may_be_asked_and_one_beyond_it_may_not() -> None:
    assert slice_of({"page": [str(LAST_PAGE)]}).page == LAST_PAGE
    with pytest.raises(BadParameter, match=f"from 1 to {LAST_PAGE}"):
        slice_of({"page": [str(LAST_PAGE + 1)]})
