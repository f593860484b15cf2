"""The directory's codes a concept may point to, and the words of the lexicon file."""

from __future__ import annotations


def _codes(text: str) -> frozenset[str]:
    return frozenset(text.split())


TOPICS = _codes(
    """
    meeting_place peer_support volunteering participation friendship loneliness shared_meal
    digital_support language_learning nature_walk outdoor_route nature_trip gardening
    recreation_area gentle_exercise chair_exercise balance strength water_exercise swimming
    dance walking yoga ball_games adapted_exercise family_exercise winter_sports cycling
    exercise_counselling home_exercise other_sport singing crafts art reading theatre_museum
    music games writing film employment studying money_advice housing lifestyle_guidance
    wellbeing_info health_kiosk carers_support disability_support family_support transport
    memory rehabilitation library food weight sleep mood stress substance_free grief
    relaxation crisis smoking
    """
)
AUDIENCES = _codes(
    """
    older families_small_children baby_parents children youth working_age unemployed low_active
    carers immigrants disabled memory_disorder mental_health chronic_illness men women
    outlying_area students
    """
)
FEATURES = _codes(
    """
    child_welcome daytime_free ride may_watch companion_welcome support_person beginner
    no_registration sitting calm phone_ok outdoor equipment_provided coffee
    """
)
FACETS: dict[str, frozenset[str]] = {
    "kind": _codes("service group event place route video programme"),
    "form": _codes("on_site remote_together video_home outdoor_route"),
    "price": frozenset(("free",)),
    "access": _codes("step_free toilet hearing vision parking rest"),
    "weekday": _codes("mon tue wed thu fri sat sun"),
    "daypart": _codes("morning afternoon evening"),
    "language": _codes("fi sv en se smn sms fi-x-selko"),
}
"""What a condition may ask of an entry besides topics, audiences and features."""

KIND_WORDS = {
    "toiminta": "activity",
    "tarve": "need",
    "kohderyhmä": "audience",
    "paikka": "place",
    "ehto": "condition",
    "palvelu": "service",
    "täytesana": "function",
}
"""The word after a concept's name in the file → the stored kind."""

KINDS = frozenset(KIND_WORDS.values())
LANGUAGES = ("fi", "sv", "en")
