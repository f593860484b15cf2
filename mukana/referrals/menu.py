"""The pages of referrals in the menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mukana.look.navigation import Item, register


def fill() -> None:
    """Called once, at start-up."""
    register(
        Item(_("Tee hyvinvointilähete"), "refer", "handshake", "referrals.refer", section="staff", order=2),
        Item(_("Tee hyvinvointilähete"), "refer", "handshake", "referrals.refer", section="onward"),
        Item(_("Omat lähetteeni"), "referrals_mine", "list-checks", "referrals.refer", section="staff", order=6),
        Item(_("Saapuneet lähetteet"), "referrals_inbox", "tray", "referrals.coordinate", section="staff", order=1),
        Item(_("Päiväni"), "referrals_day", "calendar-check", "referrals.work", section="staff", order=1),
        Item(_("Kirjaa paperilähete"), "refer_paper", "article", "referrals.work", section="staff", order=7),
        Item(_("Lähetettävät kirjeet"), "letters", "envelope", "referrals.work", section="staff", order=8),
        Item(_("Osallistujalistat"), "group_lists", "users", "referrals.work", section="staff", order=8),
        Item(_("Saattajat"), "companions", "users-three", "referrals.companions", section="staff", order=9),
        Item(_("Alueet ja sijaiset"), "areas", "map-pin", "referrals.coordinate", section="staff", order=47),
        Item(_("Lähetteet lukuina"), "referrals_numbers", "chart-bar", "referrals.numbers", section="staff", order=9),
        Item(_("Hätäavaus"), "glass", "warning", "referrals.glass", section="staff", order=70),
        Item(_("Hätäavausten tarkastus"), "glass_reviews", "shield-check", "referrals.review", section="staff", order=71),
    )
