"""What somebody would like and what must hold: plain values."""

from __future__ import annotations

from dataclasses import dataclass, replace

TIMES = ("weekday_morning", "weekday_afternoon", "weekday_evening", "weekend")
CHILD_UNTIL, SENIOR_FROM, OLD_FROM = 18, 55, 65

# What somebody may not want at all; `listening` hears them, `telling` finds them in an entry.
REFUSED = (
    "talking", "group", "water", "screen", "phone", "gym", "dance", "singing", "church", "games", "crafts", "cooking", "walking",
    "outdoors",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wish:
    """One person's need and conditions.

    Must hold: `remote`, `free`, `step_free`, `times` (any of them), `near_only`, `language` when `language_must`,
    `refused`, and what the age says.  The others only lift.  `municipality` is a code or a name.
    """

    text: str = ""
    age: int | None = None
    gender: str = ""  # woman, man
    municipality: str = ""
    language: str = ""
    language_must: bool = False
    remote: bool = False
    free: bool = False
    step_free: bool = False
    near_only: bool = False
    drives: bool = False
    times: tuple[str, ...] = ()
    refused: frozenset[str] = frozenset()
    companion: bool = False
    children: bool = False
    seated: bool = False
    short: bool = False
    hearing: bool = False
    calm: bool = False
    no_device: bool = False
    ride: bool = False
    outdoors: bool = False
    language_only: bool = False  # said in words: nothing in another language will do
    urgent: bool = False  # violence or danger to life: whom to ring comes first
    gives: bool = False  # would like to do something for others
    bereaved: bool = False  # of a child, or childless: what is for families would hurt
    origin: tuple[float, float] | None = None

    def but(self, **changes: object) -> Wish:
        """The same with something changed."""
        return replace(self, **changes)  # type: ignore[arg-type]  # dataclasses know no better

    @property
    def adult(self) -> bool:
        """Surely not a child."""
        return self.age is not None and self.age >= CHILD_UNTIL

    @property
    def child(self) -> bool:
        """Surely one."""
        return self.age is not None and self.age < CHILD_UNTIL
