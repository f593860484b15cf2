from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UpkeepConfig(AppConfig):
    name = "mukana.upkeep"
    label = "upkeep"

    def ready(self) -> None:
        from mukana.audit.rules import name_things, name_verbs
        from mukana.look.navigation import Item, register  # the menu is filled at start-up
        from mukana.outbox.listeners import bounced
        from mukana.outbox.rules import Kind
        from mukana.outbox.rules import register as register_kinds
        from mukana.upkeep.actions.doubting import hear_bounce
        from mukana.upkeep.queries.desk import rings_organisers, waiting_proposals

        bounced.listen(hear_bounce)
        register_kinds(
            Kind("upkeep.confirm", "Vahvistuspyyntö", secret=True),
            Kind("upkeep.link", "Muokkauslinkki", secret=True, at_once=True),
            Kind("upkeep.expired", "Tieto vahvistamattomasta kohteesta", secret=True),
            Kind("upkeep.moved", "Tieto kohteen siirrosta"),
            Kind("upkeep.proposal", "Vastaus ehdotukseen", forget_to=True),
        )
        name_verbs(
            **{
                "entry.confirmed": "vahvisti tiedot",
                "entry.edited": "muutti tietoja",
                "entry.doubted": "epäili tietoja",
                "entry.moved": "siirsi kohteen",
                "entry.unlisted": "otti pois luettelosta",
                "entry.listed": "palautti luetteloon",
                "entry.called": "soitti järjestäjälle",
                "upkeep.asked": "lähetti vahvistuspyynnön",
                "upkeep.link_used": "avasi muokkauslinkin",
                "proposal.sent": "ehdotti korjausta",
                "proposal.decided": "ratkaisi ehdotuksen",
            }
        )
        name_things(**{"upkeep.Proposal": ("Ehdotus", ""), "upkeep.Link": ("Linkki", "")})
        register(
            Item(_("Omat tiedot"), "own_entries", "pencil-simple", "entries.edit", section="staff", order=10),
            Item(_("Tietojen ajantasaisuus"), "upkeep_desk", "seal-check", rings_organisers, section="staff", order=22),
            Item(
                _("Ehdotetut korjaukset"), "proposals_desk", "chat-circle-text", "proposals.decide",
                section="staff", order=23, count=waiting_proposals,
            ),
        )  # fmt: skip
