"""The hub's word table: complete, true to the vocabularies it cites, and careful with words."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mukana.directory.terms import audiences_for, codes, features_for, rows_of, strongest, terms, theme_of, topics_for
from mukana.directory.vocabularies import PTV_TABLES, lipas_types, ptv_code, ptv_label, yso_id, yso_meanings
from mukana.lib.testing import shared_path

KOKO = "http://www.yso.fi/onto/koko/"


def test_every_code_has_a_name_in_three_languages_and_stands_once_in_its_scheme() -> None:
    assert all(all(term.labels.values()) for term in terms())
    keys = [(term.scheme, term.code) for term in terms()]
    assert len(keys) == len(set(keys))
    assert {scheme for scheme, _ in keys} == {"theme", "topic", "audience", "feature", "need"}


def test_every_topic_belongs_to_a_theme() -> None:
    assert all(theme_of(code) in codes("theme") for code in codes("topic"))


def test_classes_and_types_the_table_cites_exist_in_the_vocabularies_beside_it() -> None:
    known = {row["notation"] for table in PTV_TABLES for row in rows_of(table)}
    assert {code for term in terms() for code in term.ptv_codes} <= known
    assert {code for term in terms() for code in term.lipas_types} <= set(lipas_types())


def test_concepts_the_table_cites_exist_in_koko_and_yso() -> None:
    with shared_path("data/vocab/koko_tero_jupo_concepts.tsv").open(encoding="utf-8") as lines:
        koko = {KOKO + row["koko_id"] for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)}
    assert {uri for term in terms() for uri in term.koko_uris} <= koko
    with shared_path("data/vocab/yso_2019_labels_fi_sv_en.tsv").open(encoding="utf-8") as lines:
        yso = {row["yso_id"]: row["fi"] for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)}
    assert all(yso[concept] == meaning.label for concept, meaning in yso_meanings().items())


def test_every_concept_and_sports_place_leads_to_codes_that_exist() -> None:
    topics, audiences, features = set(codes("topic")), set(codes("audience")), set(codes("feature"))
    assert all(set(meaning.topics) <= topics and set(meaning.audiences) <= audiences for meaning in yso_meanings().values())
    assert all(set(kind.topics) <= topics and set(kind.features) <= features for kind in lipas_types().values())
    assert len(lipas_types()) == 149


@pytest.mark.parametrize(
    ("said", "topics"),
    [
        ("Tuolijumppaa senioreille", ("chair_exercise",)), ("ALLASJUMPAT", ("water_exercise",)), ("Kuntosalille yhdessä", ("strength",)),
        ("Uniryhmä", ("sleep",)), ("uni", ("sleep",)), ("universaali", ()),
        ("tuki- ja liikuntaelimistö", ()), ("raha-asiat", ("money_advice",)),
        ("liikunta", ("other_sport",)), ("perhekerho", ("family_support",)), ("Yhteislaulua", ("singing",)), ("Omaisuuden hoito", ()),
    ],
)  # fmt: skip
def test_words_lead_to_topics_through_case_and_endings(said: str, topics: tuple[str, ...]) -> None:
    assert topics_for(words=[said]) == topics


def test_a_general_topic_gives_way_to_an_exact_one() -> None:
    assert topics_for(words=["liikunta", "tanssi"]) == ("dance",)
    assert strongest(["games", "memory"]) == ("memory",)
    assert strongest(["games"]) == ("games",)


def test_a_loose_word_leads_somewhere_only_when_nothing_else_does() -> None:
    assert topics_for(words=["yhdessäolo"]) == ("meeting_place",)
    assert topics_for(words=["yhdessäolo", "tanssi"]) == ("dance",)
    assert topics_for(words=["harrastukset"]) == ()


def test_classes_concepts_and_groups_lead_to_topics_and_audiences() -> None:
    assert topics_for(["P25.1", "P27.1"]) == ("other_sport", "library")
    assert topics_for(koko_uris=[f"{KOKO}p32246"]) == ("swimming",)
    assert audiences_for(["KR1.1", "KE13"]) == ("older", "carers")


def test_features_are_read_of_plain_words() -> None:
    assert features_for(["kuljetus järjestyy", "ilman ilmoittautumista"]) == ("ride", "no_registration")


def test_codes_are_found_in_new_addresses_old_ones_and_labels() -> None:
    assert ptv_code("http://uri.suomi.fi/codelist/ptv/ptvserclass2/code/P27.1") == "P27.1"
    assert ptv_code("http://urn.fi/URN:NBN:fi:au:ptvl:v1036", "Sosiaalipalvelujen neuvonta- ja ohjauspalvelut") == "P4.13"
    assert ptv_code("jotain", "muuta") == ""
    assert ptv_label("P25.1") == "Kirjastot"


def test_concept_ids_are_found_in_every_writing() -> None:
    written = ("yso:p916", "https://api.hel.fi/v1/keyword/yso:p916/", "http://www.yso.fi/onto/yso/p916", "p916")
    assert {yso_id(reference) for reference in written} == {"p916"}
    assert yso_id("helfi:12") == ""


@given(st.lists(st.text(max_size=60), max_size=5))
def test_any_words_give_known_codes_only(words: list[str]) -> None:
    assert set(topics_for(words, words, words)) <= set(codes("topic"))
    assert set(audiences_for(words, words, words)) <= set(codes("audience"))


@pytest.mark.parametrize(("name", "topics"), [
    ("Towerin jazzlauantai", ("music",)), ("Jazzilta", ("music",)), ("Jazztanssi", ("dance",)), ("Craft Beer", ()),
    ("Handicraft club", ("crafts",)), ("Keilaniemen kerho", ("games",)), ("Keilailu senioreille", ("ball_games",)),
    ("Runosmäen kirjasto", ("library",)), ("Runoilta", ("writing",)), ("Aquarium", ()), ("Aquajumppa", ("water_exercise",)),
    ("Museokatu 8", ()), ("Teatterikadun kirpputori", ()), ("Kamarimusiikkia", ("music",)), ("Memory café", ("memory",)),
    ("Stand up -ilta", ("theatre_museum",)), ("Tietovisa", ("games",)), ("Joulukonsertti", ("music",)),
])  # fmt: skip
def test_names_lead_to_what_one_does_and_not_to_words_that_only_look_alike(name: str, topics: tuple[str, ...]) -> None:
    assert topics_for(words=[name]) == topics
