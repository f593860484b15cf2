"""What the first visitors of a process would otherwise wait for, done before it answers anybody."""

from __future__ import annotations

import logging

from django.db import DatabaseError, connections
from django.urls import get_resolver

from mukana.lib.clock import now
from mukana.lib.collecting import settle
from mukana.search.queries import SearchRequest, search

log = logging.getLogger(__name__)


def warm_up() -> None:
    """Read the addresses, the lexicon, the index and the morphology.

    A site without an index is as ready as it can be; one whose database does not answer yet
    says so and starts nevertheless, because it may answer a moment later.
    """
    _ = get_resolver().url_patterns
    try:
        search(SearchRequest("mukana", now(), limit=1))
    except DatabaseError as error:
        log.warning("The search was not made ready: %s", error)
    finally:
        connections.close_all()
    settle()
