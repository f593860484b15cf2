"""`mukana`: one word per thing a site's keeper does, each a command of the app it belongs to."""

from __future__ import annotations

import os
import sys

COMMANDS: dict[str, tuple[str, str]] = {
    "import": ("import_source", "Tuo aineisto: mukana import LÄHDE TIEDOSTO_TAI_OSOITE [--dry-run] [--report TIEDOSTO.json]"),
    "fetch": ("fetch", "Hae lähteet uudelleen: mukana fetch [--due] [LÄHDE …]"),
    "search": ("search", "Hae: mukana search TEKSTI [--json] [--limit N] | --queries TIEDOSTO.tsv --run TULOS"),
    "suggest": ("suggest", "Ehdota: mukana suggest TEKSTI [--json] | --vignettes TIEDOSTO.jsonl --run TULOS"),
    "serve": ("serve", "Palvele sivuja: mukana serve [--port N] [--workers N]"),
    "load-demo": ("load_demo", "Lataa esittelyalueen aineisto"),
    "duplicates": ("duplicates", "Etsi kohteita, jotka voivat olla sama asia"),
    "export": ("export", "Vie tiedot tiedostoiksi: mukana export jsonl|hsds|fhir --out KANSIO"),
    "reindex": ("reindex", "Rakenna hakuhakemisto uudelleen"),
    "health": ("health", "Kerro, onko kaikki kunnossa (paluuarvo 0 = kunnossa)"),
    "add-person": ("add_person", "Lisää käyttäjä: mukana add-person SÄHKÖPOSTI NIMI ROOLI [--organisation NIMI]"),
    "api-system": (
        "api_system",
        "Anna järjestelmälle lupa lukea lähetteitä (FHIR): mukana api-system add NIMI --areas 297,749 | end NIMI | list",
    ),
    "login-link": ("login_link", "Tulosta kertakäyttöinen kirjautumislinkki: mukana login-link SÄHKÖPOSTI"),
    "setup": ("setup_site", "Luo tietokanta, sanastot ja tyylitiedostot"),
    "work": ("work", "Tee taustatyöt: viestit, muutokset hakuun, tulevat kerrat, yön poistot: mukana work [--once]"),
    "bounce": ("bounce", "Merkitse palautunut sähköposti: mukana bounce < VIESTI | --mbox TIEDOSTO"),
    "rotate-keys": ("rotate_keys", "Salaa henkilötiedot uudelleen ensimmäisellä avaimella (MUKANA_FIELD_KEYS)"),
    "simulate": (
        "simulate",
        "Pelaa vuosi lähetteitä omassa tietokannassaan: mukana simulate referrals [--people N --seed S --after PÄIVIÄ]",
    ),
    "retention": ("retention", "Poista, minkä säilytysaika on päättynyt: mukana retention [--dry-run]"),
}


def main(arguments: list[str] | None = None) -> int:
    """Run one command; gives the exit code."""
    words = sys.argv[1:] if arguments is None else arguments
    if not words or words[0] in ("-h", "--help", "help"):
        print(usage())
        return 0
    if words[0] not in COMMANDS:
        print(f"Tuntematon komento: {words[0]}\n\n{usage()}", file=sys.stderr)
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mukana.config.settings")
    from mukana.config.usage import Finnish  # after the settings are named

    name, line = COMMANDS[words[0]]
    Finnish([f"mukana {words[0]}", name, *words[1:]], f"mukana {words[0]}: {line}").execute()
    return 0


def usage() -> str:
    """The list of commands with their sentences."""
    lines = [f"  {name:<11} {sentence}" for name, (_, sentence) in COMMANDS.items()]
    return "mukana KOMENTO …\n" + "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
