"""Feeds as associations and municipalities really publish them, each oddity a sentence."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mukana.importers.adapter import Context, RawRow, Rejected
from mukana.importers.rss import client
from mukana.importers.rss.mapping import to_drafts
from mukana.importers.tests.helpers import entry_in, place_in
from mukana.importers.xmlevents import XmlTrouble, xml_events
from mukana.lib.moments import ZONE

SPACES = " ".join((
    'xmlns:content="http://purl.org/rss/1.0/modules/content/"', 'xmlns:georss="http://www.georss.org/georss"',
    'xmlns:gml="http://www.opengis.net/gml"', 'xmlns:geo="http://www.w3.org/2003/01/geo/wgs84_pos#"',
    'xmlns:media="http://search.yahoo.com/mrss/"', 'xmlns:ev="http://purl.org/rss/1.0/modules/event/"',
    'xmlns:xcal="urn:ietf:params:xml:ns:xcal"', 'xmlns:mec="http://webnus.net/rss/mec/"', 'xmlns:slash="http://purl.org/rss/1.0/modules/slash/"',
))  # fmt: skip


def rss(*items: str, head: str = "<language>fi-FI</language>") -> str:
    beginning = f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" {SPACES}>'
    return f"{beginning}<channel><title>Kylä</title>{head}{''.join(items)}</channel></rss>"


def item(title: str, text: str = "", more: str = "", guid: str = "1") -> str:
    when = "<pubDate>Tue, 20 Oct 2026 07:00:00 +0000</pubDate>"
    return f"<item><title>{title}</title><guid>{guid}</guid>{when}<description>{text}</description>{more}</item>"


@pytest.fixture
def take(tmp_path: Path) -> Any:
    def read(content: str | bytes) -> list[tuple[RawRow, Any]]:
        path = tmp_path / "syote.xml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        context = Context()
        return [(row, to_drafts(row, context)) for row in client.read(str(path), context)]

    return read


def one(rows: list[tuple[RawRow, Any]]) -> Any:
    (found,) = [drafts for row, drafts in rows if row.kind == "item"]
    return found


def starts(drafts: Any) -> list[str]:
    return [f"{when.starts_at:%Y-%m-%d %H.%M}" for when in entry_in(drafts).occurrences]


def test_an_item_with_a_day_in_its_title_is_an_event(take: Any) -> None:
    drafts = one(take(rss(item("Kahvila la 8.11.2026 klo 13–15", "Vapaa pääsy! Ei ilmoittautumista."))))
    entry = entry_in(drafts)
    assert starts(drafts) == ["2026-11-08 13.00"]
    assert entry.occurrences[0].ends_at is not None
    assert (entry.kind, entry.price_kind, entry.registration) == ("event", "free", "none")
    assert entry.texts["fi"]["name"] == "Kahvila la 8.11.2026 klo 13–15"


def test_a_day_in_the_text_gets_its_year_from_the_writing_and_html_goes(take: Any) -> None:
    drafts = one(take(rss(item("Konsertti", "&lt;p&gt;Tule &lt;b&gt;lauantaina 7.11.&lt;/b&gt; klo 18!&lt;/p&gt;"))))
    assert starts(drafts) == ["2026-11-07 18.00"]
    assert entry_in(drafts).texts["fi"]["summary"] == "Tule lauantaina 7.11. klo 18!"


def test_the_title_counts_before_the_text_and_many_days_are_one_entry(take: Any) -> None:
    assert starts(one(take(rss(item("Kerho 3.11. ja 10.11. klo 10", "Kausi päättyy 1.12. klo 12"))))) == [
        "2026-11-03 10.00",
        "2026-11-10 10.00",
    ]
    drafts = one(take(rss(item("Näyttely 8.–10.11.2026 klo 10–16"))))
    assert starts(drafts) == ["2026-11-08 10.00", "2026-11-09 10.00", "2026-11-10 10.00"]
    assert len({when.row_id for when in entry_in(drafts).occurrences}) == 3


def test_days_without_hours_are_whole_days(take: Any) -> None:
    (when,) = entry_in(one(take(rss(item("Markkinat 8.–10.11.2026"))))).occurrences
    assert (when.all_day, when.ends_at and when.ends_at.isoformat()) == (True, "2026-11-11T00:00:00+02:00")


def test_news_without_a_day_is_refused_and_so_is_what_is_over(take: Any) -> None:
    rows = take(rss(item("Uusi puheenjohtaja", "Onnea!"), item("Kiitos kaikille", "Juhlimme 10.10.2026 klo 12.", guid="2")))
    assert [(row.row_id, outcome) for row, outcome in rows] == [
        ("1", Rejected("Kirjoituksesta ei löydy päivää, joten se ei ole tapahtuma.")),
        ("2", Rejected("Kirjoitus kertoo vain menneistä päivistä.")),
    ]


@pytest.mark.parametrize(
    "more",
    [
        "<ev:startdate>2026-11-08T18:00:00+02:00</ev:startdate><ev:enddate>2026-11-08T20:00:00+02:00</ev:enddate>",
        "<xcal:dtstart>20261108T160000Z</xcal:dtstart><xcal:dtend>20261108T180000Z</xcal:dtend>",
        "<mec:startDate>2026-11-08</mec:startDate><mec:startHour>6:00 PM</mec:startHour>"
        "<mec:endDate>2026-11-08</mec:endDate><mec:endHour>8:00 pm</mec:endHour>",
        '<e:event_start_date xmlns:e="https://tapahtumat.fi/">Sun, 08 Nov 2026 18:00:00 +0200</e:event_start_date>'
        '<e:event_end_date xmlns:e="https://tapahtumat.fi/">8.11.2026 klo 20.00</e:event_end_date>',
    ],
    ids=["event module", "xcal", "mec", "own"],
)
def test_extensions_of_event_calendars_tell_the_time(take: Any, more: str) -> None:
    (when,) = entry_in(one(take(rss(item("Konsertti", "Ovet 1.1. klo 17", more))))).occurrences
    assert (when.starts_at.isoformat(), when.ends_at and when.ends_at.isoformat()) == (
        "2026-11-08T18:00:00+02:00",
        "2026-11-08T20:00:00+02:00",
    )


def test_an_item_dated_after_its_feed_was_made_is_dated_by_its_event(take: Any) -> None:
    head = "<lastBuildDate>Mon, 05 Oct 2026 07:00:00 +0000</lastBuildDate>"
    assert starts(one(take(rss(item("Konsertti", "Syksyn paras"), head=head)))) == ["2026-10-20 10.00"]
    link = "<link>https://kyla.fi/tapahtuma/konsertti/</link>"
    assert starts(one(take(rss(item("Konsertti", "Syksyn paras", link))))) == ["2026-10-20 10.00"]


def test_places_and_points_are_read(take: Any) -> None:
    more = "<ev:location>Kylätalo, Kylätie 1, Kangasala</ev:location><georss:point>61.46 24.07</georss:point>"
    rows = take(rss(item("Kerho 8.11.2026", "", more), item("Toinen 9.11.2026", "Paikka: Kylätalo, Kylätie 1, Kangasala", guid="2")))
    assert [row.kind for row, _ in rows] == ["place", "item", "item"]
    place = place_in(rows[0][1])
    assert (place.texts["fi"]["name"], place.municipality, place.lat, place.lon) == ("Kylätalo", "211", 61.46, 24.07)
    assert entry_in(rows[1][1]).place == entry_in(rows[2][1]).place == place.row_id
    for more in (
        "<geo:lat>61.46</geo:lat><geo:long>24.07</geo:long>",
        "<georss:where><gml:Point><gml:pos>61.46 24.07</gml:pos></gml:Point></georss:where>",
    ):
        entry = entry_in(one(take(rss(item("Kerho 8.11.2026", "", more)))))
        assert (entry.lat, entry.lon) == (61.46, 24.07)


def test_an_image_comes_only_under_a_free_licence(take: Any) -> None:
    image = '<media:content url="https://kyla.fi/kuva.jpg" medium="image"/>'
    licence = '<media:license href="https://creativecommons.org/licenses/by/4.0/"/>'
    assert entry_in(one(take(rss(item("Kerho 8.11.2026", "", image))))).media == {}
    assert entry_in(one(take(rss(item("Kerho 8.11.2026", "", image + licence))))).media["image"] == "https://kyla.fi/kuva.jpg"


def test_atom_is_read_too_with_its_markup(take: Any) -> None:
    text = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Kylä</title><updated>2026-10-21T07:00:00Z</updated>
    <entry><id>tag:kyla.fi,2026:1</id><title type="html">Peruttu: Laulu&amp;nbsp;ilta</title><link rel="alternate" href="https://kyla.fi/1"/>
    <published>2026-10-20T07:00:00Z</published><category term="Laulu"/><author><name>Maija</name></author>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
    <p>su 8.11. klo 18</p><p>info@kyla.fi</p></div></content></entry></feed>"""
    ((row, drafts),) = take(text)
    entry = entry_in(drafts)
    assert row.row_id == "tag:kyla.fi,2026:1"
    assert (entry.texts["fi"]["name"], entry.occurrences[0].status) == ("Laulu ilta", "cancelled")
    assert starts(drafts) == ["2026-11-08 18.00"]
    assert (entry.contact.url, entry.contact.email, entry.keywords) == ("https://kyla.fi/1", "info@kyla.fi", ("Laulu",))


def test_rss_1_is_read_too(take: Any) -> None:
    text = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
        "<channel><title>K</title></channel>"
        '<item rdf:about="https://kyla.fi/1"><title>Kerho 8.11.2026</title></item></rdf:RDF>'
    )
    ((row, drafts),) = take(text)
    assert (row.row_id, starts(drafts)) == ("https://kyla.fi/1", ["2026-11-08 00.00"])


def test_a_second_reading_is_the_same_though_the_feed_was_made_anew_and_comments_counted(take: Any) -> None:
    comments = "<slash:comments>{}</slash:comments>"
    build = "<lastBuildDate>Wed, {} Oct 2026 07:00:00 +0000</lastBuildDate>"
    first = take(rss(item("Kerho 8.11.2026", "", comments.format(1)), head=build.format(21)))
    second = take(rss(item("Kerho 8.11.2026", "", comments.format(2)), head=build.format(28)))
    assert [row.digest_source for row, _ in first] == [row.digest_source for row, _ in second]


def test_ids_are_kept_unless_missing_or_naming_a_person(take: Any) -> None:
    rows = take(rss(item("A 8.11.2026", guid="maija.meikalainen@posti.fi"), "<item><title>B 8.11.2026</title></item>", "<item/>"))
    ids = [row.row_id for row, _ in rows]
    assert ids[0].startswith("item:")
    assert ids[1].startswith("item:")
    assert ids[2] == ""


def test_persons_addresses_and_account_numbers_never_come_in(take: Any) -> None:
    entry = entry_in(one(take(rss(item("Retki 8.11.2026", "Maksu FI21 1234 5600 0007 85, kysy maija.meikalainen@posti.fi")))))
    assert entry.texts["fi"]["summary"] == "Maksu …, kysy …"
    assert entry.contact.email == ""


# Bad feeds

BOMB = '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss><channel><item><title>&b;</title></item></channel></rss>'


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "empty"),
        ("<!DOCTYPE html><html><head><title>Kirjaudu</title></head><body><p>Hei<br></body></html>", "not_feed"),
        ("Palvelu on suljettu", "not_xml"),
        ('{"json": 1}', "not_xml"),
        (BOMB, "bomb"),
        ("<rss><channel><item a='" + "x" * 9_000_000, "too_large"),
        ("<rss>" + "<a>" * 5000, "not_xml"),
    ],
    ids=["empty", "html", "text", "json", "bomb", "long tag", "deep"],
)
def test_what_is_no_feed_is_told_in_words(take: Any, content: str, code: str) -> None:
    with pytest.raises(client.RssError) as caught:
        take(content)
    assert caught.value.code == code


def test_a_feed_cut_short_gives_what_came_before(tmp_path: Path) -> None:
    path = tmp_path / "syote.xml"
    path.write_text(rss(item("A 8.11.2026"), item("B 9.11.2026", guid="2"))[:-40])
    rows = client.read(str(path), Context())
    assert next(rows).row_id == "1"
    with pytest.raises(client.RssError, match="broken"):
        list(rows)


def test_wrong_letters_stray_ampersands_and_blanks_are_borne(take: Any) -> None:
    text = rss(item("Työ & tekijä 8.11.2026", "<![CDATA[Hyvää &nbsp; yötä & <b>kiitos</b>]]>\x0b&#11;&rarr;"))
    for content in (
        text.encode(),
        b"\n\n  " + text.encode(),
        text.encode("cp1252", "replace"),
        text.replace("UTF-8", "ISO-8859-1").encode("cp1252"),
    ):
        entry = entry_in(one(take(content)))
        assert entry.texts["fi"]["name"] == "Työ & tekijä 8.11.2026"
        assert entry.texts["fi"]["summary"] == "Hyvää yötä & kiitos→"


def test_an_endless_text_is_cut_and_the_rest_of_the_feed_read(take: Any) -> None:
    rows = take(rss(item("A 8.11.2026", "x" * 3_000_000), item("B 9.11.2026", guid="2")))
    assert [starts(drafts)[0][:10] for _, drafts in rows] == ["2026-11-08", "2026-11-09"]


PIECES = ["<", ">", "&", "]]>", "<![CDATA[", "&amp;", "&#0;", "&#x41;", "a", "ä", "</a>", "<a>", "<a/>", "\x00", "\ufffe", "&lt"]


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_any_text_is_xml_or_trouble(parts: list[str]) -> None:
    found: list[Any] = []
    try:
        found.extend(xml_events(BytesIO(("<r>" + "".join(parts) + "</r>").encode())))
    except XmlTrouble as trouble:
        found.append(trouble.code)
    assert found[-1] == "broken" or found[-1][:2] == ("end", "r")


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_item_is_mapped_or_refused(title: str, text: str) -> None:
    fields = {"title": [title], "description": [text], "pubDate": [text], "x:dtstart": [title], "georss:point": [text]}
    assert isinstance(to_drafts(RawRow(1, "1", "item", {"fields": fields}, b""), Context()), list | Rejected)


def test_an_item_that_does_not_tell_when_it_was_written_means_the_coming_day(take: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "now", lambda: datetime(2026, 11, 22, 10, tzinfo=ZONE))
    bare = "<item><title>Joululaulut la 12.12. klo 18</title><guid>7</guid></item>"
    first = take(rss(bare))
    assert starts(one(first)) == ["2026-12-12 18.00"]
    monkeypatch.setattr(client, "now", lambda: datetime(2026, 11, 25, 10, tzinfo=ZONE))
    assert [row.digest_source for row, _ in take(rss(bare))] == [row.digest_source for row, _ in first]
    assert isinstance(one(take(rss("<item><title>Kokous tulossa</title><guid>8</guid></item>"))), Rejected)
