"""The coordinator's and the link worker's pages."""

from __future__ import annotations

from django.urls import URLPattern, path

from mukana.referrals.views import areas, case, case_places, day, glass, glass_reviews, inbox

_CASE = "tyopoyta/hyvinvointilahete/<uuid:case_id>/"
urlpatterns: list[URLPattern] = [
    path("tyopoyta/paiva/", day.referrals_day, name="referrals_day"),
    path("tyopoyta/saapuneet/", inbox.referrals_inbox, name="referrals_inbox"),
    path("tyopoyta/saapuneet/<uuid:case_id>/<slug:what>/", inbox.inbox_deed, name="inbox_deed"),
    path("tyopoyta/alueet/", areas.areas, name="areas"),
    path("tyopoyta/alueet/uusi/", areas.area, name="area_new"),
    path("tyopoyta/alueet/poissaolo/", areas.absence, name="absence"),
    path("tyopoyta/alueet/poissaolo/<int:absence_id>/poista/", areas.absence_end, name="absence_end"),
    path("tyopoyta/alueet/kunta/<str:code>/", areas.area, name="area"),
    path("tyopoyta/hataavaus/", glass.glass, name="glass"),
    path("tyopoyta/hataavaus/tarkastus/", glass_reviews.glass_reviews, name="glass_reviews"),
    path("tyopoyta/hataavaus/tarkastus/<uuid:glass_id>/", glass_reviews.glass_review, name="glass_review"),
    path("tyopoyta/hataavaus/<uuid:glass_id>/", glass.glass_open, name="glass_open"),
    path(_CASE, case.referral_case, name="referral_case"),
    path(f"{_CASE}ehdota/", case_places.propose, name="referral_propose"),
    path(f"{_CASE}tehtava/<uuid:errand_id>/", case.case_errand, name="referral_errand"),
    path(f"{_CASE}lupa/<uuid:permission_id>/peru/", case.case_unpermit, name="referral_unpermit"),
    path(f"{_CASE}paikka/<uuid:placement_id>/<slug:what>/", case_places.place_deed, name="referral_place"),
    path(f"{_CASE}<slug:what>/", case.case_deed, name="referral_deed"),
]
