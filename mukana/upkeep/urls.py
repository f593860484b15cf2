"""Addresses of confirming, own entries, proposals and the staff's work list."""

from __future__ import annotations

from django.urls import path

from mukana.upkeep.views import confirming, desk, editing, history, own, proposing

urlpatterns = [
    path("vahvista/<slug:token>/", confirming.confirm, name="confirm"),
    path("muokkaa/<slug:token>/", confirming.edit_link, name="edit_link"),
    path("uusi-linkki/<slug:purpose>/<slug:token>/", confirming.again, name="link_again"),
    path("omat-tiedot/", own.own_entries, name="own_entries"),
    path("omat-tiedot/uusi/", own.new_entry, name="new_entry"),
    path("omat-tiedot/<uuid:entry_id>/", own.upkeep_entry, name="upkeep_entry"),
    path("omat-tiedot/<uuid:entry_id>/vahvista/", own.confirm_own, name="confirm_own"),
    path("omat-tiedot/<uuid:entry_id>/muokkaa/", editing.edit_entry, name="edit_entry"),
    path("omat-tiedot/<uuid:entry_id>/julkaise/", own.publish_entry, name="publish_entry"),
    path("omat-tiedot/<uuid:entry_id>/historia/", history.history, name="entry_history"),
    path("omat-tiedot/<uuid:entry_id>/lahteen-mukaan/", history.follow_source, name="follow_source"),
    path("omat-tiedot/<uuid:entry_id>/luettelo/", own.list_entry, name="list_entry"),
    path("omat-tiedot/jarjesto/<uuid:organisation_id>/luettelo/", own.list_organisation, name="list_organisation"),
    path("omat-tiedot/palauta/<int:edit_id>/", history.take_back, name="take_back"),
    path("kohde/<uuid:entry_id>/ehdota/", proposing.propose, name="propose"),
    path("ehdotus/<slug:token>/", proposing.proposal, name="proposal"),
    path("tyopoyta/ehdotukset/", proposing.proposals_desk, name="proposals_desk"),
    path("tyopoyta/ehdotukset/<int:fact_id>/ratkaise/", proposing.decide, name="decide_fact"),
    path("tyopoyta/ehdotukset/<uuid:proposal_id>/luettu/", proposing.close, name="close_proposal"),
    path("tyopoyta/ajantasaisuus/", desk.upkeep_desk, name="upkeep_desk"),
    path("tyopoyta/ajantasaisuus/laheta/", desk.send_requests, name="send_requests"),
    path("tyopoyta/ajantasaisuus/<uuid:entry_id>/puhelu/", desk.call, name="upkeep_call"),
    path("tyopoyta/ajantasaisuus/<uuid:entry_id>/linkki/", desk.send_link, name="send_edit_link"),
    path("tyopoyta/ajantasaisuus/<uuid:entry_id>/siirra/", desk.move_entry, name="move_entry"),
]
