"""What referrals tell the apps below at start-up: words of traces, kinds of messages; and what they listen to."""

from __future__ import annotations

from mukana.attendance.listeners import marked
from mukana.audit.rules import name_things, name_verbs
from mukana.directory.listeners import changed
from mukana.importers.demo.loaded import DemoLoaded, loaded
from mukana.outbox.listeners import lost
from mukana.outbox.rules import Kind, register
from mukana.referrals.actions.following import hear_change
from mukana.referrals.actions.lost import hear_lost
from mukana.referrals.actions.visiting import hear_mark
from mukana.referrals.trace_words import tell


def start() -> None:
    """Called once, when every app is there."""
    marked.listen(hear_mark)
    changed.listen(hear_change)
    lost.listen(hear_lost)
    loaded.listen(live_demo)
    register(
        Kind("referrals.resident", "Viesti hyvinvointilähetteen asukkaalle", forget_to=True, secret=True),
        Kind("referrals.code", "Koodi asukkaan omalle sivulle", secret=True, forget_to=True, at_once=True),
        Kind("referrals.offer", "Tarjous vastaanottajalle", secret=True),
        Kind("referrals.receiver", "Viesti vastaanottajalle"),
        Kind("referrals.companion", "Viesti saattajalle", secret=True, private=True),
        Kind("referrals.feedback", "Palaute lähettäjälle"),
        Kind("referrals.staff", "Muistutus linkkihenkilölle"),
        Kind("referrals.privacy", "Ilmoitus tietosuojavastaavalle", at_once=True),
    )
    name_verbs(
        **{
            "referral.moved": "vei hyvinvointilähetettä eteenpäin",
            "referral.attempted": "yritti tavoittaa asukkaan",
            "referral.permitted": "kirjasi luvan",
            "referral.unpermitted": "kirjasi luvan peruutuksen",
            "referral.assigned": "vaihtoi linkkihenkilön",
            "referral.protected": "muutti yhteydenpidon ehtoja",
            "referral.errand_done": "teki tehtävän",
            "referral.goal_set": "kirjasi tavoitteen tai huolen",
            "referral.goal_left": "jätti tavoitteen tai huolen pois",
            "referral.measured": "kirjasi vointia",
            "referral.anonymised": "teki hyvinvointilähetteen nimettömäksi",
            "area.staffed": "muutti alueen ihmisiä",
            "absence.made": "kirjasi poissaolon",
            "absence.ended": "poisti poissaolon",
            "glass.searched": "etsi henkilöä hätätilanteessa",
            "companion.kept": "muutti saattajarekisteriä",
            "companion.forgotten": "poisti saattajan tiedot rekisteristä",
            "glass.broken": "avasi yhteystiedot hätätilanteessa",
            "glass.reasoned": "kertoi hätäavaukselle toisen syyn",
            "glass.unwatched": "huomasi, ettei kukaan voi tarkastaa hätäavausta",
            "glass.reviewed": "tarkasti hätäavauksen",
        }
    )
    tell()
    name_things(
        **{
            "referrals.Referral": ("Hyvinvointilähete", ""),
            "referrals.Resident": ("Asukas", ""),
            "referrals.Placement": ("Tarjous järjestäjälle", ""),
            "referrals.BreakGlass": ("Hätäavaus", ""),
            "referrals.Companion": ("Saattaja", ""),
            "referrals.Support": ("Saattaminen", ""),
            "referrals.Area": ("Alue", ""),
        }
    )


def live_demo(event: DemoLoaded) -> None:
    """The demo's referrals, once."""
    from mukana.referrals.demo import load  # only a demo needs its people and stories

    event.told.append(f"Hyvinvointilähetteitä: {load()}")
