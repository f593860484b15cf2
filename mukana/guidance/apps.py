from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class GuidanceConfig(AppConfig):
    name = "mukana.guidance"
    label = "guidance"

    def ready(self) -> None:
        from mukana.audit.rules import name_things, name_verbs
        from mukana.look.navigation import Item, register  # the menu is filled at start-up
        from mukana.outbox.rules import Kind
        from mukana.outbox.rules import register as register_kinds

        register_kinds(
            Kind("guidance.picks", "Omat poiminnat", secret=True, forget_to=True, at_once=True),
            Kind("guidance.contact", "Yhteydenottopyyntö järjestäjälle", secret=True),
        )
        name_verbs(
            **{
                "guidance.unit_made": "teki yksikölle opastuslinkin",
                "guidance.link_renewed": "vaihtoi yksikön linkin",
                "guidance.unit_opened": "avasi yksikön linkin",
                "guidance.contact_answered": "otti yhteyttä pyynnön mukaan",
                "guidance.contact_declined": "vastasi, ettei yhteydenotto onnistu",
                "guidance.contact_withdrawn": "peruutti yhteydenottopyynnön",
                "guidance.contact_unsent": "ei voinut välittää yhteydenottopyyntöä",
                "guidance.agreed": "kirjasi toimintasopimuksen",
                "guidance.accepted": "kirjasi sopimuksen hyväksynnän",
                "guidance.unit_closed": "sulki yksikön linkin",
            }
        )
        name_things(
            **{
                "guidance.Unit": ("Yksikkö", ""),
                "guidance.Agreement": ("Toimintasopimus", ""),
                "guidance.ContactRequest": ("Yhteydenottopyyntö", ""),
            }
        )
        register(
            Item(_("Ehdota asiakkaalle"), "guide_signed_in", "handshake", "guidance.guide", section="staff", order=5),
            Item(_("Opastus ja yksiköt"), "guidance_desk", "users-three", "guidance.manage", section="staff", order=45),
            Item(_("Puheeksioton sopimukset"), "agreements_desk", "handshake", "guidance.manage", section="staff", order=46),
            Item(_("Ehdotuksia minulle"), "need", "", section="public", order=30),
            Item(_("Omat poiminnat"), "picks_mine", "heart", section="public", order=60, count=_picks),
        )


def _picks(request: HttpRequest) -> int:
    from mukana.guidance.picks import COOKIE, shorts_of

    return len(shorts_of(request.COOKIES.get(COOKIE, "")))
