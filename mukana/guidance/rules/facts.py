"""What is known of an entry when it is weighed: its fields and what its words tell besides."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Told:
    """What an entry's own words tell (`telling.told`)."""

    age_min: int | None = None
    age_max: int | None = None
    slots: frozenset[str] = frozenset()  # weekday_morning …, weekend
    costs: bool = False
    remote: bool = False  # by video, phone, chat or net
    home_visit: bool = False
    stairs: bool = False
    level: bool = False
    women: bool = False
    men: bool = False
    children: bool = False  # an activity of children or of a family
    seniors: bool = False
    accompanied: bool = False
    childcare: bool = False
    seated: bool = False
    calm: bool = False
    lends: bool = False  # the device that is needed
    giver: bool = False  # looks for people who would help others
    loss: bool = False  # speaks of a death, a loss or childlessness
    about: frozenset[str] = frozenset()  # codes of `wish.REFUSED`
    languages: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Facts:
    """One entry.  `municipality` is a code, or a name where there is none; `anywhere` serves the whole area."""

    id: str
    kind: str
    form: str = ""
    goal: str = ""
    municipality: str = ""
    anywhere: bool = False
    audiences: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    features: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    accessibility: dict[str, str] = field(default_factory=dict)
    price: str = "unknown"
    age_min: int | None = None
    age_max: int | None = None
    slots: frozenset[str] = frozenset()
    km: float | None = None
    told: Told = Told()

    @property
    def remote(self) -> bool:
        """Can it be done without going anywhere?"""
        return self.form in ("remote_together", "video_home") or self.kind == "video" or self.told.remote or self.told.home_visit

    @property
    def goes_nowhere(self) -> bool:
        """Is it equally near to everybody?"""
        return self.form in ("remote_together", "video_home") or self.kind == "video" or self.told.remote or self.anywhere

    @property
    def lasting(self) -> bool:
        """A spot or a route that anybody may use in their own way."""
        return self.kind in ("place", "route")
