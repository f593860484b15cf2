"""Why something may not be done, in words that tell what to do instead."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from mukana.lib.clock import today
from mukana.lib.dates import day
from mukana.referrals.rules.codes import Refused


def words_of(refused: Refused) -> str:
    """The refusal as a sentence."""
    sentence = _sentences().get(refused.code) or _("Tätä ei voi tehdä nyt. Tilanne on voinut muuttua: lataa sivu uudelleen.")
    return sentence % {name: _fact(value) for name, value in refused.facts.items()} if refused.facts else sentence


def _fact(value: object) -> object:
    return day(value.date(), today()) if isinstance(value, datetime) else value


def _sentences() -> dict[str, str]:
    return {
        "acute_danger": _("Teksti kertoo hätätilanteesta. Soita 112. Lähete ei ole hätäkanava."),
        "answered": _("Tähän on jo vastattu. Kiitos!"),
        "call_back_time": _("Asukkaalla on aikaa soittaa takaisin %(until)s asti. Sen jälkeen lähetteen voi päättää."),
        "closed": _("Tämä on jo päättynyt."),
        "done_already": _("Tämä on jo tehty."),
        "ended": _("Lähete on päättynyt."),
        "entry_gone": _("Toimintaa ei enää ole. Valitse toinen."),
        "follow_up_left": _("Seurantasoittoja on vielä %(left)s. Tee ne ensin tai kirjaa, ettei asukas halua niitä."),
        "forbidden_channel": _("Asukas on kieltänyt tämän yhteydenottotavan."),
        "goals_enough": _("Tavoitteita tai huolia voi olla kerralla enintään %(most)s. Jätä ensin jokin pois."),
        "glass_many": _("Samalla nimellä on useita. Lisää kunta, tai etsi puhelinnumerolla tai tunnuksella."),
        "glass_none": _("Ketään ei löytynyt täsmälleen näillä tiedoilla. Tarkista kirjoitus. Hätätilanteessa soita 112."),
        "glass_often": _("Olet etsinyt monta kertaa tunnin sisällä. Hätätilanteessa soita 112."),
        "identity_code": _("Tekstissä on henkilötunnus. Poista se: sitä ei tarvita."),
        "declined": _("Kiitos, että vastasit. Kysymme toista."),
        "expired": _("Kiitos. Vastausaika oli yksi arkipäivä, ja ehdimme kysyä jo toista."),
        "released": _("Käynti on peruttu, siirretty tai annettu toiselle. Kiitos avustasi."),
        "mark_cancelled": _("Tämä kerta on peruttu, joten sitä ei voi merkitä."),
        "mark_count": _("Tarkista, montako oli paikalla."),
        "mark_early": _("Merkitse vasta, kun kerta on alkanut."),
        "mark_case_over": _("Lähete on päättynyt. Merkintää ei voi enää korjata."),
        "mark_changed": _("Joku muu ehti korjata merkinnän. Katso, miten se on nyt."),
        "mark_followed": _("Merkinnästä on jo seurannut muuta. Pyydä tarkistusta, niin linkkihenkilö korjaa sen."),
        "mark_place_over": _("Käyminen täällä on jo päättynyt. Merkintää ei voi enää korjata."),
        "mark_same": _("Merkintä on jo näin. Mitään ei muutettu."),
        "mark_why": _("Kerro, miksi merkintä oli väärä."),
        "mark_kept": _("Tämä on jo merkitty. Jos merkintä on väärä, soita linkkihenkilölle."),
        "mark_result": _("Valitse, tuliko osallistuja."),
        "met_too_late": _("Tapaaminen kirjataan viimeistään päivää ennen käyntiä."),
        "needs_confirmation": _("Läheinen teki lähetteen. Asukkaan pitää itse sanoa kyllä ennen kuin se lähtee."),
        "has_tasks": _("Saattajalla on vielä tehtäviä. Anna ne ensin toiselle."),
        "nobody_chosen": _("Valitse, ketä pyydät."),
        "no_coordinator": _("Tässä kunnassa ei ole vielä ketään, joka ottaisi lähetteen vastaan. Mitään ei lähetetty."),
        "no_host": _("Kerro, kuka on vastassa. Nimi riittää."),
        "no_permission": _("Kysy ensin asukkaalta lupa lähetteeseen ja kirjaa se."),
        "no_permission_to_measure": _("Asukas ei ole antanut lupaa kysyä voinnista. Kysy lupa ensin. Apua saa ilmankin."),
        "no_permission_for_companion": _("Asukas ei ole antanut lupaa kertoa saattajalle. Kysy lupa ensin."),
        "no_permission_for_receiver": _("Asukas ei ole antanut lupaa kertoa tälle järjestäjälle. Kysy lupa ensin."),
        "no_pledge": _("Saattaja ei ole allekirjoittanut vaitiololupausta."),
        "not_vetted": _("Saattajan tausta on tarkistamatta tai tarkistus on vanhentunut."),
        "no_reason": _("Valitse syy."),
        "no_receiver": _("Kerro, mille järjestäjälle lupa annetaan."),
        "no_session": _("Ensimmäistä kertaa ei ole sovittu."),
        "no_such_move": _("Tilanne on muuttunut: tätä ei voi tehdä enää. Katso, mitä on tapahtunut."),
        "no_voicemail": _("Asukas on pyytänyt, ettei vastaajaan jätetä viestiä."),
        "no_words": _("Kirjoita tavoite tai huoli asukkaan omin sanoin."),
        "off_scale": _("Vastaus on luku väliltä %(low)s–%(high)s."),
        "way_not_usable": _("Tätä tapaa ei voi käyttää: yhteystieto puuttuu tai tapa on kielletty. Valitse toinen mieluisin tapa."),
        "nobody_to_reach": _("Kirjoita nimi ja yksi tapa saada yhteys: puhelin, sähköposti tai osoite."),
        "not_closable": _("Lähetettä ei voi päättää tässä vaiheessa."),
        "not_eligible": _("Tämä saattaja ei sovi tähän: katso, mikä on esteenä."),
        "not_in_dialogue": _("Keskustele ensin asukkaan kanssa."),
        "not_yours": _("Tämän päättää joku muu, tai linkki ei ole enää sinun. Soita linkkihenkilölle."),
        "nothing_begun": _("Mitään ei ole vielä aloitettu."),
        "nothing_planned": _("Valitse ensin ainakin yksi paikka tai kirjoita asukkaan oma suunnitelma."),
        "offered_already": _("Tätä paikkaa on jo kysytty."),
        "one_way_only": _("Yritä vielä toisella tavalla tai toiseen aikaan päivästä."),
        "over": _("Tämän sivun aika on päättynyt."),
        "past": _("Aika on jo mennyt. Valitse tuleva päivä."),
        "pause_too_long": _("Tauko voi kestää enintään 90 päivää."),
        "redirected_enough": _("Lähete on siirretty jo kahdesti. Alueen vastuuhenkilö päättää, kuka hoitaa sen."),
        "safe_contact_not_asked": _("Kysy ensin, miten asukkaaseen saa turvallisesti ottaa yhteyttä."),
        "absence_long": _("Poissaolo voi kestää enintään vuoden."),
        "absence_order": _("Tarkista päivät: viimeinen päivä on ensimmäisen jälkeen eikä ole jo mennyt."),
        "absence_twice": _("Näille päiville on jo kirjattu poissaolo. Poista se ensin."),
        "absence_not_yours": _("Tämän poissaolon kirjaa hänen oman alueensa koordinaattori."),
        "cover_not_yours": _("Sijaisen pitää olla oman alueesi ihmisiä."),
        "cover_sees_more": _("Sijainen saisi nähdä alueen, josta et vastaa. Valitse toinen tai jätä sijainen tyhjäksi."),
        "cover_same": _("Sijainen ei voi olla se, joka on poissa."),
        "deputy_same": _("Sijainen ei voi olla sama kuin koordinaattori."),
        "no_area_coordinator": _("Valitse, kenelle alueen uudet lähetteet tulevat."),
        "error_asked": _("Joku on jo pyytänyt tätä. Toinen henkilö vahvistaa sen."),
        "same": _("Sama henkilö on jo valittu."),
        "second_person": _("Tähän tarvitaan kaksi eri henkilöä."),
        "sent_already": _("Tämä lomake lähetettiin jo, ja sitä on sen jälkeen muutettu. Jos tämä on uusi pyyntö, lähetä uudelleen."),
        "talk_first": _("Kaksi kertaa on jäänyt väliin. Keskustele asukkaan kanssa ennen uutta aikaa."),
        "too_far_ahead": _("Ensimmäinen kerta sovitaan viimeistään %(latest)s tai ryhmän seuraavaan alkuun."),
        "too_few_attempts": _("Yritä vielä: yrityksiä puuttuu %(left)s."),
        "too_few_days": _("Yritä vielä toisena päivänä: yritysten pitää olla kolmena eri päivänä."),
        "too_long": _("Teksti on liian pitkä: enintään %(limit)s merkkiä."),
        "too_old_to_reopen": _("Päättymisestä on yli vuosi. Tee uusi lähete."),
        "try_again": _("Jokin meni ristiin. Yritä uudelleen."),
        "unknown": _("Linkki ei toimi. Tarkista, että osoite on kokonaan mukana."),
        "recalled": _("Tätä tarjousta ei enää tarvita. Kiitos!"),
        "unknown_need": _("Valitse tarve luettelosta."),
        "unknown_outcome": _("Valitse, miten lähete päättyi. Kaikki vaihtoehdot eivät sovi tähän vaiheeseen."),
        "unknown_reason": _("Valitse syy luettelosta."),
        "withdraw_whole": _("Ilman tätä lupaa lähetettä ei ole. Jos haluat perua sen, peru koko lähete."),
        "wrong_code": _("Koodi ei täsmää. Tarkista se tai pyydä uusi."),
        "withdrawn": _("Asukas on perunut lupansa. Tietoja ei enää näytetä."),
    }
