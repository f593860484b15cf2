"""The home page's picture: a November bog, and two people on duckboards seen from behind.

Flat shapes, no faces.  Colours are classes (see `pages.css`), so the picture has a night of its
own in the dark theme and is left out of high contrast, where it would say nothing.
"""

from __future__ import annotations

from functools import cache

WIDTH, HEIGHT = 560, 470
# Cotton grass: x and y of the tuft, its radius, where the stem ends, which way it leans.
_COTTON = (
    (96, 352, 11, 466, -5), (132, 380, 9, 474, -5), (50, 388, 8, 474, 6), (30, 350, 7, 464, 6),
    (470, 362, 11, 474, 6), (506, 390, 9, 474, 6), (438, 404, 8, 474, 6), (540, 352, 8, 466, -5),
)  # fmt: skip

_LAND = (
    '<rect class="sky" width="560" height="470"/><circle class="sun" cx="424" cy="168" r="40"/>'
    '<path class="far" d="M0 190c60-14 110-8 170-12s130 6 190-2 140-8 200 4v90H0z"/>'
    '<path class="hill" d="M0 214c90-16 150-4 240-8s210-14 320 2v262H0z"/>'
    '<path class="field" d="M0 262c120-22 210 6 300-4s180-10 260 4v208H0z"/>'
    '<path class="water" d="M0 300c70-8 120 10 190 6 40 20 20 60-60 74-60 10-100 4-130-4z"/>'
    '<path class="water" d="M560 322c-70-12-150-2-176 20-10 22 60 40 176 34z"/>'
    '<path class="near" d="M0 372c120-20 190 2 280 0s190-18 280-6v104H0z"/>'
)
_BOARDS = (
    '<path class="wood" d="M212 452h132l4 12H208zM226 396h98l3 9H224zM238 350h74l2 7h-78zM246 314h58l2 6h-62z'
    'M253 286h44l1 5h-46z"/>'
    '<path class="plank" d="M268 262 210 470h52l12-208zM280 262l12 208h52L287 262z"/>'
)
_PEOPLE = (
    '<g stroke-linecap="round" stroke-linejoin="round" fill="none">'
    '<path class="leg" stroke-width="6" d="M258 276l-3 30M266 276l5 30M300 272l-4 32M308 272l5 32"/>'
    '<path class="coat" d="M250 280c-2-26 0-46 12-46s14 20 12 46z"/>'
    '<path class="coat-2" d="M292 276c-2-28 0-50 13-50s15 22 12 50z"/>'
    '<path class="leg" stroke-width="3.5" d="M252 246c-6 8-8 14-8 22M244 262v44"/>'
    '<path class="arm" stroke-width="6" d="M272 248c6 8 10 10 14 6 6-4 8-8 10-12"/>'
    '<path class="arm-2" stroke-width="6" d="M296 242c-4 6-7 9-11 11M314 240c5 8 7 16 6 24"/>'
    '<circle class="skin" cx="262" cy="223" r="9"/><circle class="skin" cx="305" cy="215" r="9.5"/>'
    '<path class="cap" d="M252 222c0-8 4-13 10-13s10 5 10 13z"/>'
    '<path class="hair" d="M295 213c0-8 4-13 10-13s10 5 10 13z"/></g>'
)


@cache
def drawing() -> str:
    """The whole picture as inline SVG; wrap it in an element with class `art` and `aria-hidden`."""
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="xMidYMax slice" aria-hidden="true">'
        f"{_LAND}{_BOARDS}{_PEOPLE}{_cotton()}</svg>"
    )


def _cotton() -> str:
    stems = "".join(f"M{x} {y}q{lean} 40 {-lean} {end - y}" for x, y, _, end, lean in _COTTON)
    tufts = "".join(f'<circle class="hair tuft" cx="{x}" cy="{y}" r="{r}"/>' for x, y, r, _, _ in _COTTON)
    return (
        f'<path class="stem" fill="none" stroke-width="3" stroke-linecap="round" d="{stems}"/>'
        f'<g stroke-width="6" stroke-linecap="round" stroke-dasharray="0 7">{tufts}</g>'
    )
