"""The addresses that are asked, made for the neutral data."""

from __future__ import annotations

WORDS = (
    "vesijumppaan", "joogaa", "kävelyryhmään", "senioritanssia", "kuntosalilla", "muistikahvilassa", "digineuvontaa",
    "perhekerhossa", "omaishoitajat", "tuolijumppa", "luontoretkelle", "uimaan", "kädentaitopajaan", "painonhallinta",
)  # fmt: skip
TYPOS = (
    "kuntoslai", "senioritansii", "vesijumpaa", "kavelyryhma", "muistikahvla", "digineuvota", "omaishoitja", "perhekerhoo",
    "tuolijumpaan", "lumikenkaily", "sulkapalo", "elintapaohjuas",
)  # fmt: skip

LIST = [f"/v1/event/?page={page}" for page in range(1, 51)]
INLINED = [f"/v1/event/?include=location,keywords&page={page}" for page in range(1, 51)]
SEARCH = [f"/v1/event/?text={word}" for word in WORDS]
TYPO = [f"/v1/event/?text={word}" for word in TYPOS]
DETAIL = [f"/v1/event/neutral:e{number:06}/" for number in range(0, 20_000, 37)]
HOME = ["/"]
RESULTS = [f"/haku/?q={word}" for word in WORDS]
