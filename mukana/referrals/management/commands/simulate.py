"""`mukana simulate referrals --people N --seed S [--after DAYS]`: a year played in a database of its own, every promise checked."""

from __future__ import annotations

import time
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from mukana.referrals.simulation.ledger import Broken
from mukana.referrals.simulation.play import AFTER
from mukana.referrals.simulation.regions import play_regions


class Command(BaseCommand):
    help = (
        "Pelaa vuosi hyvinvointilähetteitä keksityillä ihmisillä omassa tietokannassaan ja tarkista, ettei mikään jää kenenkään hoitamatta."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["referrals"], help="Mitä pelataan")
        parser.add_argument("--people", type=int, default=200, help="Montako asukasta")
        parser.add_argument("--seed", type=int, default=1, help="Sama luku, sama vuosi")
        parser.add_argument("--after", type=int, default=AFTER, help="Montako päivää vielä ilman uusia (330: kaikki päättyy)")

    def handle(self, *args: Any, **options: Any) -> None:
        real = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        begun = time.monotonic()
        try:
            played = play_regions(options["people"], options["seed"], after=options["after"])
        except Broken as broken:
            raise CommandError(f"Lupaus petti: {broken}") from broken
        finally:
            connection.creation.destroy_test_db(real, verbosity=0)
        seconds = time.monotonic() - begun
        for stage, count in asdict(played.told).items():
            self.stdout.write(f"{stage:<14} {count:>6}")
        self.stdout.write(f"auki {played.open_left}, tarkistuksia {played.ticks}, tekoja {played.deeds}, kieltoja {played.refused}")
        self.stdout.write(
            f"rikkinäisiä ketjuja {played.chains_broken}; {seconds:.1f} s, {1000 * seconds / options['people']:.0f} ms/asukas"
        )
