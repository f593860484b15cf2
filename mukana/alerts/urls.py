"""Addresses of alerts; /v/ is short because it stands in text messages."""

from __future__ import annotations

from django.urls import path

from mukana.alerts.views import desk, public

urlpatterns = [
    path("hakuvahti/uusi/", public.new, name="alert_new"),
    path("hakuvahti/lahetetty/", public.sent, name="alert_sent"),
    path("hakuvahti/koodi/", public.code, name="alert_code"),
    path("v/<slug:token>/", public.alert, name="alert"),
    path("v/<slug:token>/tauko/", public.pause, name="alert_pause"),
    path("v/<slug:token>/loppu/", public.end, name="alert_end"),
    path("tyopoyta/hakuvahdit/", desk.desk, name="alerts_desk"),
    path("tyopoyta/hakuvahdit/vahvista/", desk.confirm_for, name="alert_confirm_for"),
    path("tyopoyta/hakuvahdit/lopeta/", desk.end_for, name="alert_end_for"),
]
