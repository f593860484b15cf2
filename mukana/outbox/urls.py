"""Addresses of messages."""

from __future__ import annotations

from django.urls import path

from mukana.outbox import views

urlpatterns = [
    path("tyopoyta/viestit/", views.messages, name="messages"),
    path("tyopoyta/viestit/<uuid:key>/", views.message, name="message"),
    path("tyopoyta/viestit/<uuid:key>/paatos/", views.decide, name="message_decide"),
    path("viestit/kuittaus/<str:token>/", views.gateway_report, name="gateway_report"),
]
