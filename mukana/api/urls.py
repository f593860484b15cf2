from __future__ import annotations

from django.urls import path

from mukana.api import views

urlpatterns = [
    path("v1/", views.root, name="open-data"),
    path("v1/event/", views.events),
    path("v1/event/<path:whole_id>/", views.event),
    path("v1/place/", views.places),
    path("v1/place/<path:whole_id>/", views.place),
    path("v1/keyword/", views.keywords),
    path("v1/keyword/<path:whole_id>/", views.keyword),
    path("v1/language/", views.languages),
    path("v1/language/<slug:code>/", views.language),
    path("v1/search/", views.search),
]
