"""What every address of the open data shares: JSON, anybody may read from anywhere, refusals are sentences."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse

from mukana.api.reading import Moved, Refusal
from mukana.formats.linkedevents import dump

JSON = "application/json"
METHODS = "GET, HEAD, OPTIONS"
HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "*",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
View = Callable[..., bytes]


def open_data(view: View) -> Callable[..., HttpResponse]:
    """Turn a view that gives JSON bytes into one that answers; its refusals become JSON too."""

    @wraps(view)
    def answer(request: HttpRequest, **named: str) -> HttpResponse:
        if request.method == "OPTIONS":
            return preflight()
        if request.method not in ("GET", "HEAD"):
            return refused(Refusal(405, "read_only", "This data can only be read."))
        try:
            return told(view(request, **named))
        except Refusal as refusal:
            return refused(refusal)

    return answer


def told(body: bytes, status: int = 200) -> HttpResponse:
    """JSON for everybody."""
    return HttpResponse(body, content_type=JSON, status=status, headers=HEADERS)


def refused(refusal: Refusal) -> HttpResponse:
    """Why there is no data, as a sentence and a code."""
    response = told(dump({"detail": refusal.sentence, "code": refusal.code}), refusal.status)
    if refusal.status == 405:
        response.headers["Allow"] = METHODS
    if isinstance(refusal, Moved):
        response.headers["Location"] = refusal.address
    return response


def preflight() -> HttpResponse:
    """A browser asks whether it may ask; it may."""
    more = {"Access-Control-Allow-Methods": METHODS, "Access-Control-Allow-Headers": "*", "Access-Control-Max-Age": "86400"}
    return HttpResponse(status=204, headers={**HEADERS, **more})
