"""Making a referral: by a professional, from paper, by oneself or a relative; and what became of one's own."""

from __future__ import annotations

from django.urls import URLPattern, path

from mukana.referrals.views import refer, refer_mine, refer_paper, refer_public, refer_sent

urlpatterns: list[URLPattern] = [
    path("tyopoyta/laheta/", refer.refer, name="refer"),
    path("tyopoyta/laheta/<uuid:case_id>/", refer_sent.sent, name="refer_sent"),
    path("tyopoyta/laheta/<uuid:case_id>/tulosta/", refer_sent.paper, name="refer_receipt"),
    path("tyopoyta/paperilahete/", refer_paper.refer_paper, name="refer_paper"),
    path("tyopoyta/omat-lahetteet/", refer_mine.mine, name="referrals_mine"),
    path("tyopoyta/omat-lahetteet/<uuid:case_id>/", refer_mine.one, name="referral_mine"),
    path("pyyda-mukaan/", refer_public.ask_along, name="ask_along"),
    path("pyyda-mukaan/laheiselle/", refer_public.ask_along_for, name="ask_along_for"),
    path("pyyda-mukaan/kiitos/", refer_public.asked_along, name="asked_along"),
]
