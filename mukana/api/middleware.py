"""The short way for the open data: no session, no language, no forms, so none of their work."""

from __future__ import annotations

import gzip
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve

from mukana.api.open_data import refused
from mukana.api.reading import NotFound

PREFIXES = ("/v1/", "/hsds/", "/openactive/")
WORTH_PACKING = 1_000  # bytes
LEVEL = 4


class OpenData:
    """Answers addresses of the open data itself, if the view is for everybody; the rest goes the whole way."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not f"{request.path_info}/".startswith(PREFIXES):
            return self.get_response(request)
        try:
            view, args, kwargs = resolve(request.path_info, "mukana.api.urls")
        except Resolver404:
            return packed(request, refused(NotFound("There is nothing at this address. See /avoin-data/rajapinnat/.")))
        if getattr(view, "permission", None) != "public":
            return self.get_response(request)
        return packed(request, view(request, *args, **kwargs))


def packed(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The answer as gzip when the reader says it takes that; a stream goes as it is."""
    varies = response.headers.get("Vary", "")
    response.headers["Vary"] = f"{varies}, Accept-Encoding" if varies else "Accept-Encoding"
    if (
        not isinstance(response, HttpResponse)
        or len(response.content) < WORTH_PACKING
        or not _takes_gzip(request.META.get("HTTP_ACCEPT_ENCODING", ""))
    ):
        return response
    response.content = gzip.compress(response.content, LEVEL, mtime=0)
    response.headers["Content-Encoding"] = "gzip"
    return response


def _takes_gzip(accepted: str) -> bool:
    for coding in accepted.lower().split(","):
        name, _, weight = coding.partition(";")
        if name.strip() == "gzip":
            return weight.strip().replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False
