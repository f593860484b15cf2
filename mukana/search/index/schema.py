"""Fields of the index.

Zones are texts of an entry; their terms are made in `terms`:
    jumppa     base form                 _jumppa   later part of a compound
    vesi_      earlier part              ^liikkua  what the word is derived from
    =paino     earlier part whose later part only carries it (painoryhmä)
    #swimming  concept named in the text #?swimming  concept hinted at
    @kuopio    name of the municipality (zone place); @* for what is remote or serves the whole area
    sv:simning, en:swim  stems of other languages
"""

from __future__ import annotations

from functools import cache

import tantivy

VERSION = 8  # raise when fields or the making of terms change

ZONES = ("title", "labels", "summary", "body", "place", "organisation")
CODES = ("kind", "form", "municipality", "topics", "audiences", "features", "accessibility", "languages")
MORE_CODES = ("text_language", "organisation_id", "price", "times")
FACETS = (*CODES, "price", "weekday", "daypart")
NEVER = 1 << 60  # last_end of what is never past


@cache
def schema() -> tantivy.Schema:
    """The schema, made once per process."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("words", stored=True)
    for zone in ZONES:
        builder.add_text_field(zone, tokenizer_name="terms", index_option="freq")
    for name in (*CODES, *MORE_CODES, "weekday", "daypart"):
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("cell", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("forms", tokenizer_name="terms", index_option="basic")
    builder.add_text_field("phrases", tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("last_end", indexed=True, fast=True)
    builder.add_integer_field("next_start", fast=True)
    builder.add_integer_field("days", indexed=True, fast=True)
    builder.add_float_field("lat", fast=True)
    builder.add_float_field("lon", fast=True)
    builder.add_integer_field("told_alike", fast=True)
    builder.add_integer_field("late_on", fast=True)
    builder.add_integer_field("expires_on", indexed=True, fast=True)
    return builder.build()


def register(index: tantivy.Index) -> tantivy.Index:
    """Gives an opened index the tokenizer of ready-made terms."""
    analyser = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer("terms", analyser)
    return index
