"""Every address of the site, by subject."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("mukana.web.urls")),
    path("", include("mukana.search.urls")),
    path("", include("mukana.directory.urls")),
    path("", include("mukana.accounts.urls")),
    path("", include("mukana.outbox.urls")),
    path("tyopoyta/", include("mukana.audit.urls")),
    path("", include("mukana.look.urls")),
    path("tyopoyta/", include("mukana.importers.urls")),
    path("tyopoyta/samat/", include("mukana.duplicates.urls")),
    path("", include("mukana.upkeep.urls")),
    path("", include("mukana.alerts.urls")),
    path("", include("mukana.guidance.urls")),
    path("", include("mukana.referrals.urls")),
    path("", include("mukana.embeds.urls")),
    path("", include("mukana.themes.urls")),
    path("", include("mukana.api.urls")),
]

handler400 = "mukana.look.views.bad_request"
handler403 = "mukana.look.views.denied"
handler404 = "mukana.look.views.missing"
handler500 = "mukana.look.views.broken"
