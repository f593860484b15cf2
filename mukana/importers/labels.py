"""What the kinds of sources are called.  Apart from the registry, which takes 50 MB that web processes do without."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

FETCHED = {
    "linkedevents": _("Linked Events: kaupungin tapahtumarajapinta"),
    "ical": _("Kalenteri (iCal, .ics)"),
    "rss": _("Syöte (RSS tai Atom)"),
    "jsonld": _("Verkkosivu, jossa on schema.org-tiedot"),
    "lipas": _("LIPAS-liikuntapaikat"),
    "ptv": _("Suomi.fi-palvelutietovaranto (PTV)"),
    "hsds": _("HSDS: palveluhakemisto"),
    "rpde": _("OpenActive (RPDE)"),
    "geo": _("Reitit ja paikat (GPX, GeoJSON)"),
    "table": _("Taulukko verkko-osoitteessa (CSV, Excel, JSON-rivit)"),
    "mukana": _("Toinen Mukana-sivusto"),
}
RHYTHMS = {0: _("Vain käsin"), 1: _("Joka tunti"), 6: _("Neljästi päivässä"), 24: _("Kerran päivässä"), 168: _("Kerran viikossa")}
