"""Support persons: their own page by link, the register, who is asked; accompaniment models for everybody."""

from __future__ import annotations

from django.urls import URLPattern, path

from mukana.referrals.views import accompany, register, register_need

urlpatterns: list[URLPattern] = [
    path("saattajat/", register.companion_models, name="companion_models"),
    path("saattaja/<str:token>/", accompany.company, name="company"),
    path("tyopoyta/saattajat/", register.companions, name="companions"),
    path("tyopoyta/saattajat/uusi/<slug:kind>/", register.companion_new, name="companion_new"),
    path("tyopoyta/saattajat/<uuid:companion_id>/", register.companion, name="companion"),
    path("tyopoyta/saattajat/<uuid:companion_id>/poista/", register.companion_forget, name="companion_forget"),
    path("tyopoyta/saattajat/tarve/<uuid:support_id>/", register_need.need, name="support_need"),
]
