"""Addresses of guidance; /p/ is short because it stands in text messages."""

from __future__ import annotations

from django.urls import path

from mukana.guidance.views import agreements, cards, contacts, desk, professional, resident, shortlist

urlpatterns = [
    path("ehdotus/", resident.need, name="need"),
    path("opasta/", professional.signed_in, name="guide_signed_in"),
    path("opasta/<slug:key>/", professional.by_link, name="guide"),
    path("poiminnat/", shortlist.mine, name="picks_mine"),
    path("poiminnat/muuta/", shortlist.toggle, name="picks_toggle"),
    path("poiminnat/tyhjenna/", shortlist.clear, name="picks_clear"),
    path("p/<slug:token>/", shortlist.shared, name="picks"),
    path("p/<slug:token>/anna/", shortlist.give, name="picks_give"),
    path("p/<slug:token>/tulosta/", shortlist.paper, name="picks_print"),
    path("p/<slug:token>/qr.svg", shortlist.qr, name="picks_qr"),
    path("p/<slug:token>/yhteys/", contacts.new, name="contact_new"),
    path("pyynto/<slug:token>/", contacts.status, name="contact_status"),
    path("yp/<slug:token>/", contacts.answer, name="contact_answer"),
    path("puheeksiotto/", cards.listing, name="cards"),
    path("puheeksiotto/<slug:code>/", cards.one, name="card"),
    path("kuka-auttaa/", cards.helpers, name="helpers"),
    path("kuka-auttaa/<slug:code>/", cards.helpers_of, name="helpers_of"),
    path("tyopoyta/sopimukset/", agreements.desk, name="agreements_desk"),
    path("tyopoyta/sopimukset/<int:agreement_id>/", agreements.accept, name="agreement_accept"),
    path("tyopoyta/opastus/", desk.desk, name="guidance_desk"),
    path("tyopoyta/opastus/<int:unit_id>/", desk.change, name="guidance_unit"),
]
