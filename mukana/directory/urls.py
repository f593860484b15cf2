"""Addresses of entries, places, organisers and visitors' words."""

from __future__ import annotations

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from mukana.directory.views import entry, feedback, photographs, places


class ShortId(StringConverter):
    """The end of an entry's id: ten hexadecimal digits."""

    regex = "[0-9a-f]{10}"


register_converter(ShortId, "short")

urlpatterns = [
    path("kohde/<uuid:entry_id>/", entry.entry, name="entry"),
    path("kohde/<uuid:entry_id>/tulosta/", entry.entry_print, name="entry_print"),
    path("kohde/<uuid:entry_id>/kalenteri.ics", entry.entry_calendar, name="entry_calendar"),
    path("kohde/<uuid:entry_id>/qr.svg", entry.entry_qr, name="entry_qr"),
    path("k/<short:short>/", entry.short_address, name="short_address"),
    path("paikka/<uuid:place_id>/", places.place, name="place"),
    path("jarjestaja/<uuid:organisation_id>/", places.organisation, name="organisation"),
    path("tietolahteet/", places.attribution, name="attribution"),
    path("palaute/", feedback.feedback, name="feedback"),
    path("palaute/kiitos/", feedback.thanks, name="feedback_thanks"),
    path("kuva/<uuid:photograph>/<slug:size>.jpg", photographs.picture, name="picture"),
    path("tyopoyta/kuvat/", photographs.desk, name="photograph_desk"),
    path("tyopoyta/kuvat/kohde/<uuid:entry_id>/", photographs.of_entry, name="photographs_of_entry"),
    path("tyopoyta/kuvat/paikka/<uuid:place_id>/", photographs.of_place, name="photographs_of_place"),
    path("tyopoyta/kuvat/<uuid:photograph>/poista/", photographs.remove, name="photograph_remove"),
    path("tyopoyta/palautteet/", feedback.desk, name="feedback_desk"),
    path("tyopoyta/palautteet/<uuid:feedback_id>/", feedback.answer, name="feedback_answer"),
]
