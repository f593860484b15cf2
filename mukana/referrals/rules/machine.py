"""A state machine as a table: which moves there are, who may make them, which need a reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mukana.referrals.rules.codes import Refused


@dataclass(frozen=True, slots=True)
class Move:
    """From one state to another, on the decision of one of these roles."""

    source: str
    target: str
    roles: frozenset[str]
    reason: bool = False


@dataclass(frozen=True, slots=True)
class Machine:
    """`open` states have an owner and a due time; `final` ones have neither."""

    name: str
    start: tuple[str, ...]
    open: frozenset[str]
    final: frozenset[str]
    moves: dict[tuple[str, str], Move]

    @property
    def states(self) -> tuple[str, ...]:
        """Every state, in a steady order."""
        return tuple(sorted(self.open | self.final))

    def check(self, source: str, target: str, role: str, reason: str = "") -> Move:
        """The move, if the role may make it from here.  Raises Refused: same, no_such_move, not_yours or no_reason."""
        move = self.moves.get((source, target))
        if move is None:
            raise Refused("same" if source == target else "no_such_move", source=source, target=target)
        if role not in move.roles:
            raise Refused("not_yours", source=source, target=target, role=role)
        if move.reason and not reason:
            raise Refused("no_reason", source=source, target=target)
        return move

    def onward(self, source: str) -> list[Move]:
        """The moves out of a state."""
        return [move for (start, _), move in self.moves.items() if start == source]


def machine(name: str, start: Iterable[str], final: Iterable[str], rows: Iterable[Move]) -> Machine:
    """A machine of its rows; every state that is not final is open."""
    moves: dict[tuple[str, str], Move] = {}
    for row in rows:
        known = moves.get((row.source, row.target))
        roles = row.roles | known.roles if known else row.roles
        moves[row.source, row.target] = Move(row.source, row.target, roles, row.reason or (known.reason if known else False))
    ends = frozenset(final)
    named = frozenset(state for pair in moves for state in pair) | frozenset(start)
    return Machine(name, tuple(start), named - ends, ends, moves)


def moves(sources: str, target: str, roles: str, *, reason: bool = False) -> list[Move]:
    """Rows of a table written as words: `moves("accepted waitlisted", "scheduled", "receiver link_worker")`."""
    return [Move(source, target, frozenset(roles.split()), reason) for source in sources.split()]
