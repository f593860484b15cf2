import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from mukana.formats.jsonld import Time, What, Where, event, place, script_text
from mukana.lib.moments import ZONE

HALL = Where("Uimahalli", address="Uimatie 1", postal_code="70100", city="Kuopio", lat=62.9, lon=27.7, sports=True)
JUMPPA = What("Vesijumppa", "https://mukana.example/t/1", organiser="Kuopio", where=HALL)
TUESDAY = Time(datetime(2026, 11, 24, 10, tzinfo=ZONE), datetime(2026, 11, 24, 10, 45, tzinfo=ZONE))


def test_an_event_has_what_search_engines_require() -> None:
    document = event(JUMPPA, TUESDAY)
    assert document["startDate"] == "2026-11-24T10:00:00+02:00"
    assert document["eventStatus"] == "https://schema.org/EventScheduled"
    assert document["eventAttendanceMode"].endswith("OfflineEventAttendanceMode")
    assert document["location"]["@type"] == "SportsActivityLocation"
    assert document["location"]["geo"]["latitude"] == 62.9
    assert document["organizer"] == {"@type": "Organization", "name": "Kuopio"}
    assert "offers" not in document
    assert "isAccessibleForFree" not in document


def test_prices_and_ages_are_told_when_known() -> None:
    paid = event(replace(JUMPPA, price_kind="paid", price_cents=250, age_min=60), TUESDAY)
    assert (paid["offers"]["price"], paid["isAccessibleForFree"], paid["typicalAgeRange"]) == (2.5, False, "60-")
    free = event(replace(JUMPPA, price_kind="free", age_max=12), TUESDAY)
    assert (free["offers"]["price"], free["isAccessibleForFree"], free["typicalAgeRange"]) == (0, True, "0-12")


def test_a_remote_event_has_a_virtual_place() -> None:
    document = event(replace(JUMPPA, form="remote_together"), TUESDAY)
    assert document["location"] == {"@type": "VirtualLocation", "url": JUMPPA.url}
    assert document["eventAttendanceMode"].endswith("OnlineEventAttendanceMode")


@pytest.mark.parametrize(("status", "told"), [("cancelled", "EventCancelled"), ("rescheduled", "EventRescheduled")])
def test_changes_are_told(status: str, told: str) -> None:
    assert event(JUMPPA, replace(TUESDAY, status=status))["eventStatus"].endswith(told)


def test_a_whole_day_is_told_as_dates() -> None:
    document = event(replace(JUMPPA, where=None), Time(datetime(2026, 12, 5, 22, tzinfo=UTC), all_day=True))
    assert (document["startDate"], document["endDate"]) == ("2026-12-06", "2026-12-06")
    assert "location" not in document


def test_a_place_tells_hours_and_only_what_is_known_of_accessibility() -> None:
    hours = ({"day": "mon", "opens": "9.00", "closes": "18.00"},)
    document = place(replace(HALL, hours=hours, accessibility={"step_free": "yes", "toilet": "no", "hearing": "partial"}, closed=True))
    assert document["openingHoursSpecification"][0]["opens"] == "09:00"
    assert [(one["name"], one["value"]) for one in document["amenityFeature"]] == [("Esteetön sisäänkäynti", True), ("Esteetön wc", False)]
    assert document["publicAccess"] is False
    assert place(Where("Laavu")) == {"@context": "https://schema.org", "@type": "Place", "name": "Laavu"}


def test_a_text_cannot_end_the_script_it_stands_in() -> None:
    written = script_text({"name": "</script><!-- & \u2028"})
    assert not set("<>&\u2028") & set(written)
    assert json.loads(written) == {"name": "</script><!-- & \u2028"}
