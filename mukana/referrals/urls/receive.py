"""The receiver's pages, by link; the group's list on paper; answers by text message."""

from __future__ import annotations

from django.urls import URLPattern, path

from mukana.referrals.views import inbound, marking, receive, receive_arrival

urlpatterns: list[URLPattern] = [
    path("tarjous/<str:token>/", receive.offer, name="offer"),
    path("tulija/<str:token>/", receive_arrival.arrival, name="arrival"),
    path("tulija/<str:token>/lista/<uuid:occurrence_id>/", marking.arrival_list, name="arrival_list"),
    path("tyopoyta/osallistujalistat/", marking.group_lists, name="group_lists"),
    path("tyopoyta/osallistujalistat/<uuid:occurrence_id>/", marking.group_list, name="group_list"),
    path("tyopoyta/osallistujalistat/<uuid:occurrence_id>/tuloste/", marking.group_list_print, name="group_list_print"),
    path("viestit/saapuva/<str:key>/", inbound.inbound, name="sms_inbound"),
    path("tyopoyta/viestit/<uuid:key>/vastaus/", inbound.sms_try, name="sms_try"),
]
