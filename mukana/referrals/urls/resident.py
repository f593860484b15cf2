"""The resident's own page, letters and paper forms."""

from __future__ import annotations

from django.urls import URLPattern, path

from mukana.referrals.views import letters, paper

urlpatterns: list[URLPattern] = [
    path("paperilomake.pdf", paper.paper_form, name="paper_form"),
    path("paperilomake/<slug:code>.pdf", paper.paper_form_of, name="paper_form_of"),
    path("tyopoyta/kirjeet/", letters.letters, name="letters"),
    path("tyopoyta/kirjeet/kirjeet.pdf", letters.letters_pdf, name="letters_pdf"),
    path("tyopoyta/kirjeet/postitettu/", letters.letters_posted, name="letters_posted"),
    path("tyopoyta/hyvinvointilahete/<uuid:case_id>/oma.pdf", letters.own_print, name="own_print"),
]
