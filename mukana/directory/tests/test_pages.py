"""What a reader meets on the page of an entry, a place and an organiser."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.template.loader import render_to_string
from django.test import Client, override_settings

from mukana.directory.models import Entry
from mukana.directory.queries.rows import Row
from mukana.directory.tests import make

pytestmark = pytest.mark.django_db


def words(client: Client, address: str, **headers: str) -> str:
    response = client.get(address, headers={"accept-language": "fi", **headers})
    assert response.status_code == 200, address
    return response.content.decode()


def test_an_entry_says_when_where_for_how_much_and_whom_to_call(client: Client) -> None:
    page = words(client, f"/kohde/{make.group().pk}/")
    for said in ("ke\xa025.11. klo\xa017.00–17.45", "Kallanrannan uimahalli", "5,50\xa0€", "Soita 05\xa0000\xa01250", "Anneli Rautio"):
        assert said in page


def test_the_first_visit_is_told_step_by_step(client: Client) -> None:
    page = words(client, f"/kohde/{make.group().pk}/")
    assert page.index("Mitä tapahtuu, kun tulen") < page.index("Anneli ottaa vastaan kassalla") < page.index("Uikkarit päälle")


def test_the_dates_come_right_after_the_title(client: Client) -> None:
    page = words(client, f"/kohde/{make.group().pk}/")
    assert page.index("</h1>") < page.index("Seuraavat kerrat") < page.index("Mitä tapahtuu")


def test_a_cancelled_date_stays_struck_through_with_its_reason(client: Client) -> None:
    group = make.group()
    make.date(group, make.WEDNESDAY + timedelta(days=7), status="cancelled", reason={"fi": "Halli on varattu kisoihin."})
    page = words(client, f"/kohde/{group.pk}/")
    assert "<s><time" in page
    assert "Peruttu: Halli on varattu kisoihin." in page


def test_past_dates_are_gone_and_more_than_six_wait_behind_a_link(client: Client) -> None:
    group = make.entry()
    make.date(group, make.NOW - timedelta(days=4))
    for week in range(8):
        make.date(group, make.WEDNESDAY + timedelta(weeks=week))
    page = words(client, f"/kohde/{group.pk}/")
    assert "18.11." not in page
    assert page.count('class="next"') == 1
    assert page.count("klo\xa017.00–17.45") == 6
    assert words(client, f"/kohde/{group.pk}/?ajat=kaikki").count("klo\xa017.00–17.45") == 8


def test_selkokieli_is_one_press_away_and_the_way_back_as_well(client: Client) -> None:
    group = make.group()
    assert "?versio=selko" in words(client, f"/kohde/{group.pk}/")
    easy = words(client, f"/kohde/{group.pk}/?versio=selko")
    assert "Jumppaat vedessä." in easy
    assert "Lämmin allas" not in easy.split("</head>")[1]
    assert "?versio=fi" in easy


def test_a_text_in_another_language_is_marked(client: Client) -> None:
    group = make.group(texts={"sv": {"name": "Vattengympa", "summary": "Varmt vatten."}})
    assert '<span lang="sv">Vattengympa</span>' in words(client, f"/kohde/{group.pk}/")


def test_the_same_goal_is_offered_in_four_ways_and_a_missing_one_is_said(client: Client) -> None:
    goal = make.goal()
    group = make.group(goal=goal)
    make.entry("Lähellä etänä", form="remote_together", goal=goal)
    make.entry("Jumppavideo", kind="video", form="video_home", goal=goal, media={"minutes": 12})
    page = words(client, f"/kohde/{group.pk}/")
    part = page[page.index("Sama tavoite neljällä tavalla") :]
    for said in ("Olet tässä", "Lähellä etänä", "12 min, milloin vain", "Ei vielä tarjolla"):
        assert said in part


def test_the_nearest_one_of_a_form_is_shown(client: Client) -> None:
    goal = make.goal()
    video = make.entry("Video", kind="video", form="video_home", goal=goal)
    make.entry("Kaukana", goal=goal, place=make.place("Kaukainen sali", lat=65.0, lon=25.5))
    make.entry("Lähellä", goal=goal)
    page = words(client, f"/kohde/{video.pk}/")
    assert "Lähellä" in page
    assert "Kaukana" not in page


def test_the_source_and_its_licence_are_named_and_the_day_of_fetching(client: Client) -> None:
    group = make.group()
    make.from_source(group)
    page = words(client, f"/kohde/{group.pk}/")
    assert "Suomi.fi-palvelutietovaranto (CC BY 4.0)" in page
    assert "Tiedot haettu to\xa012.11." in page
    assert f"/palaute/?kohde={group.pk}" in page


def test_invented_supply_says_that_it_is_invented(client: Client) -> None:
    assert "Esimerkkitieto – ei oikea ryhmä" in words(client, f"/kohde/{make.group(fictitious=True).pk}/")


def test_markup_in_data_is_shown_as_text(client: Client) -> None:
    group = make.group(
        texts={"fi": {"name": "<b>Jumppa</b>", "description": "<script>alert(1)</script>", "steps": [{"title": "<i>x</i>"}]}}
    )
    for address in (f"/kohde/{group.pk}/", f"/kohde/{group.pk}/tulosta/"):
        page = words(client, address)
        assert "<script>alert" not in page
        assert "<b>Jumppa</b>" not in page
        assert "<i>x</i>" not in page


def test_an_address_that_runs_script_is_not_a_link(client: Client) -> None:
    assert "javascript:" not in words(client, f"/kohde/{make.group(url='javascript:alert(1)', media={'url': 'javascript:alert(2)'}).pk}/")


def test_a_withdrawn_entry_shows_ways_on(client: Client) -> None:
    gone = make.entry("Lopetettu jumppa", status="withdrawn")
    response = client.get(f"/kohde/{gone.pk}/")
    assert response.status_code == 410
    assert "Etsi samanlaista" in response.content.decode()


@pytest.mark.parametrize("status", ["draft", None])
def test_what_is_not_public_is_not_found_but_not_a_dead_end(client: Client, status: str | None) -> None:
    pk = make.entry(status=status).pk if status else uuid4()
    response = client.get(f"/kohde/{pk}/")
    assert response.status_code == 404
    assert "Etsi tekemistä" in response.content.decode()


def test_the_sheet_for_paper_has_the_number_in_the_frame_and_a_code(client: Client) -> None:
    group = make.group()
    page = words(client, f"/kohde/{group.pk}/tulosta/")
    assert '<p class="tel">05\xa0000\xa01250</p>' in page
    assert f"/kohde/{group.pk}/qr.svg" in page
    code = client.get(f"/kohde/{group.pk}/qr.svg")
    assert code.headers["Content-Type"] == "image/svg+xml"
    assert b"<path" in code.content
    assert b"style=" not in code.content


def test_the_short_address_leads_to_the_entry(client: Client) -> None:
    group = make.group()
    assert client.get(f"/k/{group.pk.hex[:10]}/").headers["Location"] == f"/kohde/{group.pk}/"
    assert client.get("/k/0123456789/").status_code == 404


def test_who_meets_you_is_told_before_the_steps(client: Client) -> None:
    texts = {"fi": {"name": "Jumppa", "whom": "Anneli odottaa aulassa", "steps": [{"title": "Kassalle"}]}}
    page = words(client, f"/kohde/{make.group(texts=texts).pk}/")
    assert page.index("Mitä tapahtuu, kun tulen") < page.index("Anneli odottaa aulassa") < page.index("Kassalle")


def test_the_number_comes_before_the_steps_on_paper(client: Client) -> None:
    page = words(client, f"/kohde/{make.group().pk}/tulosta/")
    assert page.index('class="tel"') < page.index("Anneli ottaa vastaan kassalla")


@pytest.mark.parametrize("note", ["5,50 € kerta", "5.50 € each time", "Jumppa maksaa 5 euroa 50 senttiä."])
def test_a_price_is_said_once(client: Client, note: str) -> None:
    page = words(client, f"/kohde/{make.group(texts={'fi': {'name': 'Jumppa', 'price_note': note}}).pk}/")
    assert note in page
    assert "<b>5,50" not in page


def test_what_is_joined_from_home_is_at_home_and_not_in_a_town(client: Client) -> None:
    remote = make.entry(form="remote_together")
    remote.place = None
    remote.save()
    assert "Kotona, oma laite" in words(client, f"/kohde/{remote.pk}/")


def test_a_video_without_an_address_says_so(client: Client) -> None:
    assert "Videon osoite puuttuu" in words(client, f"/kohde/{make.entry(kind='video', form='video_home').pk}/")
    assert "Esimerkkivideota ei voi katsoa" in words(client, f"/kohde/{make.entry(kind='video', form='video_home', fictitious=True).pk}/")


@override_settings(BASE_URL="http://localhost:8000")
def test_the_address_for_a_friend_is_the_one_that_serves(client: Client) -> None:
    group = make.group()
    page = words(client, f"/kohde/{group.pk}/")
    assert f'data-url="http://localhost:8000/k/{group.pk.hex[:10]}/"' in page
    assert "https%3A" not in page


def test_a_long_way_of_joining_is_told_whole_but_not_beside_the_number(client: Client) -> None:
    long = " ".join(f"Lause numero {number} kertoo asiasta." for number in range(20))
    page = words(client, f"/kohde/{make.entry(texts={'fi': {'name': 'Palvelu', 'join': long}}).pk}/")
    assert page.count("Lause numero 1 kertoo") == 2
    assert page.count("Lause numero 19 kertoo") == 1


def test_the_calendar_file_holds_the_dates_and_the_place(client: Client) -> None:
    group = make.group()
    make.date(group, make.WEDNESDAY + timedelta(days=7), status="cancelled")
    file = client.get(f"/kohde/{group.pk}/kalenteri.ics")
    text = file.content.decode()
    assert file.headers["Content-Type"].startswith("text/calendar")
    assert text.count("BEGIN:VEVENT") == 2
    assert "STATUS:CANCELLED" in text
    assert "Kallanrannan uimahalli" in text.replace("\r\n ", "")


def test_a_route_is_drawn_and_a_video_loads_nothing(client: Client) -> None:
    line = {"type": "LineString", "coordinates": [[27.6, 62.9], [27.61, 62.91], [27.62, 62.9]]}
    route = make.entry("Lenkki", kind="route", form="outdoor_route", geometry=line, media={"length_m": 2400, "minutes": 45})
    page = words(client, f"/kohde/{route.pk}/")
    assert "<polyline" in page
    assert "2,4\xa0km, 45 min" in page
    video = make.entry(
        "Video", kind="video", form="video_home", media={"minutes": 12, "level": 1, "position": "tuoli", "url": "https://v.example/1"}
    )
    page = words(client, f"/kohde/{video.pk}/")
    assert "<iframe" not in page
    assert "<video" not in page
    for said in ("Katso video", "12 min", "Kevyt", "Tuolilla"):
        assert said in page


def test_the_way_back_keeps_the_conditions_of_the_search(client: Client) -> None:
    group = make.group()
    page = words(client, f"/kohde/{group.pk}/", referer="http://testserver/haku/?q=vesi&hinta=maksuton")
    assert 'href="/haku/?q=vesi&amp;hinta=maksuton"' in page
    assert "evil" not in words(client, f"/kohde/{group.pk}/", referer="http://evil.example/haku/?q=1")


def test_a_place_tells_what_its_doors_are_like_and_what_happens_there(client: Client) -> None:
    group = make.group()
    place = group.place
    assert place is not None
    place.accessibility = {"step_free": "yes", "toilet": "no", "hearing": "unknown"}
    place.hours = [{"day": "mon", "opens": "10.00", "closes": "18.00"}]
    place.save()
    page = words(client, f"/paikka/{place.pk}/")
    for said in ("Ei portaita", "Ei esteetöntä WC:tä", "Ei tiedossa, kysy järjestäjältä", "maanantai 10.00–18.00", "Vesijumppa"):
        assert said in page
    assert client.get(f"/paikka/{uuid4()}/").status_code == 404


def test_an_organiser_has_a_number_and_a_list(client: Client) -> None:
    organisation = make.organisation()
    make.group(organisation=organisation)
    page = words(client, f"/jarjestaja/{organisation.pk}/")
    for said in ("Puijonrinteen Liikkujat ry", "Yhdistys", "Soita 05\xa0000\xa01299", "Vesijumppa"):
        assert said in page
    assert client.get(f"/jarjestaja/{uuid4()}/").status_code == 404


def test_the_page_of_an_entry_asks_the_database_a_fixed_number_of_times(client: Client, django_assert_max_num_queries) -> None:
    goal = make.goal()
    group = make.group(goal=goal, organisation=make.organisation())
    for number in range(12):
        other = make.group(f"Ryhmä {number}", goal=goal, form=("on_site", "remote_together", "video_home", "outdoor_route")[number % 4])
        make.from_source(other)
        make.date(group, make.WEDNESDAY + timedelta(weeks=number + 1), place=make.place(f"Sali {number}"))
    with django_assert_max_num_queries(10):
        client.get(f"/kohde/{group.pk}/")


def test_a_list_of_a_place_asks_the_database_a_fixed_number_of_times(client: Client, django_assert_max_num_queries) -> None:
    place = make.place()
    for number in range(30):
        make.group(f"Ryhmä {number}", place=place, organisation=make.organisation(f"Seura {number}"))
    with django_assert_max_num_queries(5):
        client.get(f"/paikka/{place.pk}/")
    assert Entry.objects.count() == 30


def test_sources_are_thanked_on_a_page_of_their_own(client: Client) -> None:
    make.from_source(make.group())
    page = words(client, "/tietolahteet/")
    for said in ("Palvelutietovaranto", "Suomi.fi-palvelutietovaranto", "CC BY 4.0", "Ysabeau Office"):
        assert said in page


def test_a_list_says_once_that_its_supply_is_invented(client: Client) -> None:
    where = make.place()
    for name in ("Jooga", "Tanssi"):
        make.group(name, place=where, fictitious=True)
    page = words(client, f"/paikka/{where.pk}/")
    assert page.count("esimerkkiti") == 1
    assert "Nämä ovat esimerkkitietoja, eivät oikeita ryhmiä." in page
    make.group("Kuoro", place=where)
    assert "Osa näistä on esimerkkitietoja." in words(client, f"/paikka/{where.pk}/")


def test_a_list_of_real_supply_says_nothing_of_examples(client: Client) -> None:
    where = make.place()
    make.group("Jooga", place=where)
    assert "esimerkki" not in words(client, f"/paikka/{where.pk}/").lower()


def test_a_number_within_a_text_stays_on_one_line(client: Client) -> None:
    group = make.group()
    group.texts["fi"]["join"] = "Soita 05 000 1250 tai tule 10 12 2026."
    group.save()
    assert "Soita 05\xa0000\xa01250 tai tule 10 12 2026." in words(client, f"/kohde/{group.pk}/")


def test_a_rough_point_is_told_and_its_distance_is_about(client: Client) -> None:
    rough = make.place("Kylätalo", approximate=True)
    group = make.group(place=rough)
    for address in (f"/paikka/{rough.pk}/", f"/kohde/{group.pk}/"):
        assert "Kartalla on kunnan keskusta." in words(client, address)
    assert "geo:" not in words(client, f"/kohde/{group.pk}/")
    assert Row(group, None, 12.0).near_enough
    assert not Row(make.group(), None, 12.0).near_enough


def test_the_distance_of_a_rough_point_is_shown_as_about(client: Client) -> None:
    row = Row(make.group(place=make.place("Kylätalo", approximate=True)), None, 12.0)
    assert "noin 12\xa0km" in render_to_string("directory/parts/row.html", {"row": row})
