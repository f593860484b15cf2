"""Addresses of coming in and going out."""

from __future__ import annotations

from django.urls import path

from mukana.accounts import views

urlpatterns = [
    path("kirjaudu/", views.login, name="login"),
    path("kirjaudu/<str:token>/", views.enter, name="enter"),
    path("tyopoyta/", views.desk, name="desk"),
    path("kirjaudu-ulos/", views.leave, name="leave"),
]
