"""Staff read what was sent and decide of what did not go; a gateway reports."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client, override_settings

from mukana.audit.models import Trace
from mukana.outbox.actions import send_email, send_sms
from mukana.outbox.models import Message

pytestmark = pytest.mark.django_db
Enter = Callable[[str], Client]
ADDRESS = "/tyopoyta/viestit/"


def email(**words: object) -> Message:
    return send_email(**{"to": "a@b.fi", "subject": "Tervetuloa", "text": "Terve!", "kind": "test", **words})  # type: ignore[arg-type]


def test_messages_are_listed_with_states_in_words_and_narrowed(enter: Enter) -> None:
    email(about="directory.Entry:1")
    send_sms(to="041 730 8168", text="Hei", kind="picks")
    Message.objects.filter(channel="sms").update(state="unknown", problem="broken_off")
    client = enter("coordinator")
    page = client.get(ADDRESS).content.decode()
    for words in ("Tervetuloa", "Jonossa", "Ei tiedetä, lähtikö", "Yhteys katkesi kesken lähetyksen.", "041\xa0730\xa08168", "kohde"):
        assert words in page
    assert "Yksi viesti odottaa, että joku päättää siitä." in page
    assert "ei ole vielä otettu käyttöön" in page
    assert "Tervetuloa" not in client.get(f"{ADDRESS}?kanava=sms").content.decode()
    assert "Tervetuloa" in client.get(f"{ADDRESS}?tila=queued&laji=test&haku=A@B.fi").content.decode()
    assert "Näillä rajauksilla ei ole viestejä." in client.get(f"{ADDRESS}?tila=bounced").content.decode()
    assert client.get(f"{ADDRESS}?tila=x&sivu=99").status_code == 200


def test_reading_a_message_is_written_down(enter: Enter) -> None:
    message = email()
    client = enter("coordinator")
    page = client.get(f"{ADDRESS}{message.pk}/").content.decode()
    assert "Terve!" in page
    assert Trace.objects.get().thing == f"outbox.Message:{message.pk}"
    assert client.get(f"{ADDRESS}{uuid4()}/").status_code == 404


def test_a_list_shows_somebody_s_own_number_in_part_finds_nothing_by_it_and_is_written_down(enter: Enter) -> None:
    send_sms(to="040 123 4567", text="Hei", kind="referrals.resident")
    email(to="aino@kotikone.fi", kind="alerts.news")
    client = enter("it")
    page = client.get(ADDRESS).content.decode()
    for words in ("040\xa0123", "1234567", "aino@"):
        assert words not in page
    assert "… 67" in page
    assert "a…@kotikone.fi" in page
    trace = Trace.objects.get(verb="read")
    assert (trace.thing, trace.detail["fields"], trace.detail["count"]) == ("outbox.Message", ["to"], 2)
    for words in ("%2B358401234567", "0401234567", "aino@kotikone.fi", "kotikone"):
        assert "Näillä rajauksilla ei ole viestejä." in client.get(f"{ADDRESS}?haku={words}").content.decode()


def test_somebody_s_own_number_is_shown_whole_only_when_the_message_did_not_go(enter: Enter) -> None:
    message = send_sms(to="040 123 4567", text="Hei", kind="referrals.companion")
    client = enter("coordinator")
    assert "040\xa0123" not in client.get(f"{ADDRESS}{message.pk}/").content.decode()
    assert Trace.objects.get().detail["fields"] == ["to_partly", "subject", "text"]
    Message.objects.update(state="failed", next_at=None, problem="given_up")
    assert "040\xa0123\xa04567" in client.get(f"{ADDRESS}{message.pk}/").content.decode()


def test_the_database_holds_no_receiver_and_no_words_in_clear(db: None) -> None:
    made = email(to="aino@kotikone.fi", subject="Tervetuloa", text="Oma sivusi: /oma/abc/")
    with connection.cursor() as cursor:
        cursor.execute('SELECT "to", subject, text, to_tag FROM outbox_message')
        row = cursor.fetchone()
    assert not [words for words in ("aino", "kotikone", "Tervetuloa", "/oma/") if words in "".join(row)]
    kept = Message.objects.get(pk=made.pk)
    assert (kept.to, kept.subject, kept.text) == ("aino@kotikone.fi", "Tervetuloa", "Oma sivusi: /oma/abc/")


def test_a_login_code_is_not_shown_to_anybody_but_in_the_demo(enter: Enter) -> None:
    message = email(kind="login_code", subject="Koodi 123", text="123456")
    client = enter("coordinator")
    pages = client.get(f"{ADDRESS}{message.pk}/").content.decode() + client.get(ADDRESS).content.decode()
    assert "123" not in pages.replace(str(message.pk), "")
    Message.objects.update(state="sent", sender="catcher", next_at=None)
    assert "123456" not in client.get(f"{ADDRESS}{message.pk}/").content.decode()
    with override_settings(DEMO=True):
        page = client.get(f"{ADDRESS}{message.pk}/").content.decode()
    assert "123456" in page
    assert "Näet sen vain, koska olet esittelyssä" in page
    assert "Otettu talteen, ei lähetetty" in page


def test_a_person_decides_of_an_unknown_one(enter: Enter) -> None:
    message = email()
    Message.objects.update(state="unknown", next_at=None, problem="broken_off")
    client = enter("coordinator")
    assert "ettei se tulisi kahdesti" in client.get(f"{ADDRESS}{message.pk}/").content.decode()
    assert client.post(f"{ADDRESS}{message.pk}/paatos/", {"paatos": "lahti"}).status_code == 302
    assert Message.objects.get().state == "sent"
    refused = client.post(f"{ADDRESS}{message.pk}/paatos/", {"paatos": "uudelleen"})
    assert (refused.status_code, "Viesti on jo lähtenyt." in refused.content.decode()) == (409, True)
    assert client.post(f"{ADDRESS}{message.pk}/paatos/", {"paatos": "heti"}).status_code == 422
    client.post(f"{ADDRESS}{message.pk}/paatos/", {"paatos": "unohda"})
    assert "Teksti on poistettu." in client.get(f"{ADDRESS}{message.pk}/").content.decode()
    assert "unohti viestin" in client.get(f"{ADDRESS}{message.pk}/").content.decode()


def test_strangers_see_no_messages(enter: Enter, client: Client) -> None:
    assert client.get(ADDRESS).status_code == 302
    assert enter("organiser").get(ADDRESS).status_code == 403


@pytest.mark.parametrize("how", ["json", "form", "address"])
def test_a_gateway_reports_in_any_of_the_usual_ways(client: Client, settings: Any, how: str) -> None:
    settings.SMS_REPORT_TOKEN = "pitkä-satunnainen-sana"
    message = send_sms(to="041 730 8168", text="Hei", kind="test")
    Message.objects.update(state="sent", provider_id="gw-1", next_at=None)
    address, facts = "/viestit/kuittaus/pitkä-satunnainen-sana/", {"messageId": "gw-1", "status": "DELIVRD"}
    if how == "json":
        answer = client.post(address, facts, content_type="application/json")
    else:
        answer = client.post(address, facts) if how == "form" else client.get(address, facts)
    assert (answer.status_code, answer.content) == (200, b"delivered")
    assert Message.objects.get(pk=message.pk).state == "delivered"


def test_a_report_without_the_word_or_sense_changes_nothing(client: Client, settings: Any) -> None:
    assert client.get("/viestit/kuittaus//").status_code == 404
    assert client.get("/viestit/kuittaus/x/").status_code == 404
    settings.SMS_REPORT_TOKEN = "sana"
    assert client.get("/viestit/kuittaus/x/").status_code == 404
    for body in ("{", "[]", '{"id": {}, "status": null}'):
        assert client.post("/viestit/kuittaus/sana/", body, content_type="application/json").content == b"ok"
