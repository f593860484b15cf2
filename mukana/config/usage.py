"""What was wrong with a typed command, in Finnish."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from typing import Any, NoReturn

from django.core.management import BaseCommand, CommandError, ManagementUtility

SENTENCES: tuple[tuple[str, str], ...] = (
    (r"unrecognized arguments: (.+)", "Tuntematon lisäsana: {0}."),
    (r"the following arguments are required: (.+)", "Puuttuu: {0}."),
    (r"argument (\S+): invalid int value: '(.*)'", "Anna kohtaan {0} kokonaisluku. ”{1}” ei ole luku."),
    (r"argument (\S+): invalid \w+ value: '(.*)'", "Kohtaan {0} ei käy ”{1}”."),
    (r"argument (\S+): invalid choice: '?(.*?)'? \(choose from (.*)\)", "Kohtaan {0} ei käy ”{1}”. Valitse näistä: {2}."),
    (r"argument (\S+): expected .*", "Kohdasta {0} puuttuu arvo."),
    (r"argument (\S+): ignored explicit argument '(.*)'", "Kohta {0} ei ota arvoa ”{1}”."),
    (r"ambiguous option: (\S+) could match (.+)", "Lisäsana {0} voi tarkoittaa näitä: {1}. Kirjoita se kokonaan."),
    (r"argument (\S+): not allowed with argument (\S+)", "Kohdat {0} ja {1} eivät käy yhdessä."),
)


def sentence(message: str) -> str:
    """The Finnish sentence for what argparse says."""
    for pattern, told in SENTENCES:
        if match := re.fullmatch(pattern, message.strip(), re.DOTALL):
            return told.format(*(part.replace("'", "") for part in match.groups()))
    return f"Komentoa ei voitu lukea: {message}"


class Finnish(ManagementUtility):
    """Django's runner of commands, with our sentences for mistakes; `usage` is the command's own line."""

    def __init__(self, argv: list[str], usage: str) -> None:
        super().__init__(argv)
        self.usage = usage

    def fetch_command(self, subcommand: str) -> BaseCommand:
        """The command, told to speak Finnish."""
        command = super().fetch_command(subcommand)
        make, execute = command.create_parser, command.execute

        def create_parser(*args: Any, **options: Any) -> Any:
            parser = make(*args, **options)
            parser.prog = self.prog_name
            parser.error = self._refuse  # type: ignore[method-assign]  # an instance of its own, made for this run
            return parser

        command.create_parser = create_parser  # type: ignore[method-assign]
        command.execute = _told(execute)  # type: ignore[method-assign]
        return command

    def _refuse(self, message: str) -> NoReturn:
        sys.stderr.write(f"{sentence(message)}\n\n{self.usage}\n")
        sys.exit(2)


def _told(execute: Callable[..., Any]) -> Callable[..., Any]:
    """The same run, with a command's own error as a bare sentence."""

    def run(*args: Any, **options: Any) -> Any:
        if options.get("traceback"):
            return execute(*args, **options)
        try:
            return execute(*args, **options)
        except CommandError as error:
            sys.stderr.write(f"{error}\n")
            sys.exit(error.returncode)

    return run
