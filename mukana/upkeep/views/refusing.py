"""Whoever may not keep an entry is told how they could."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def refused(request: HttpRequest) -> HttpResponse:
    """403 with ways on: log in, ask for a link, or propose a correction."""
    return render(request, "upkeep/not_yours.html", status=403)
