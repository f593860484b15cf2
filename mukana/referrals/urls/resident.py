"""The resident's own page, letters and paper forms."""

from __future__ import annotations

from django.urls import URLPattern, path

from mukana.referrals.views import letters, own, own_confirm, own_door, paper

urlpatterns: list[URLPattern] = [
    path("oma/", own_door.door, name="own_door"),
    path("oma/koodi/", own_door.code, name="own_code"),
    path("oma/<slug:token>/", own.page, name="own"),
    path("oma/<slug:token>/peru/", own.take_all_back, name="own_withdraw"),
    path("oma/<slug:token>/turva/", own.unsafe, name="own_unsafe"),
    path("oma/<slug:token>/juttelu/", own.talk, name="own_talk"),
    path("oma/<slug:token>/lupa/<uuid:permission_id>/", own.permission, name="own_permission"),
    path("oma/<slug:token>/miksi/<uuid:placement_id>/", own.why, name="own_why"),
    path("oma/<slug:token>/saattaja/<uuid:support_id>/", own.company, name="own_company"),
    path("oma/<slug:token>/jono/<uuid:placement_id>/", own.queue, name="own_queue"),
    path("vastaa/", own_confirm.door, name="own_confirm_door"),
    path("vastaa/<slug:token>/", own_confirm.answer, name="own_confirm"),
    path("tyopoyta/laheisen-lahete/<uuid:case_id>/", own_confirm.by_staff, name="referral_confirm"),
    path("paperilomake.pdf", paper.paper_form, name="paper_form"),
    path("paperilomake/<slug:code>.pdf", paper.paper_form_of, name="paper_form_of"),
    path("tyopoyta/kirjeet/", letters.letters, name="letters"),
    path("tyopoyta/kirjeet/kirjeet.pdf", letters.letters_pdf, name="letters_pdf"),
    path("tyopoyta/kirjeet/postitettu/", letters.letters_posted, name="letters_posted"),
    path("tyopoyta/hyvinvointilahete/<uuid:case_id>/oma.pdf", letters.own_print, name="own_print"),
]
