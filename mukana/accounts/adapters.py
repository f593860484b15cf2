"""What django-allauth is told of us: Finnish words, our people, our secrets, no sign-up."""

from __future__ import annotations

import base64
import logging
from datetime import timedelta
from hashlib import sha256
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mukana.accounts.models import Person
from mukana.lib.clock import now

log = logging.getLogger(__name__)

CODE_WRONG = _("Koodi ei täsmää. Tarkista numerot.")
TRY_LATER = _("Yrityksiä on ollut monta. Odota muutama minuutti ja yritä uudelleen.")

# The outbox's kinds: a login code is sent at once and its words are not kept.
KINDS = {"account/email/login_code": "login_code"}

# What has happened to an account, told to its owner by e-mail.
HAPPENED = {
    "mfa/email/totp_activated": _("Tunnukseesi lisättiin todennussovellus."),
    "mfa/email/totp_deactivated": _("Tunnuksestasi poistettiin todennussovellus."),
    "mfa/email/webauthn_added": _("Tunnukseesi lisättiin avain."),
    "mfa/email/webauthn_removed": _("Tunnuksestasi poistettiin avain."),
    "mfa/email/recovery_codes_generated": _("Tunnukseesi tehtiin uudet varakoodit. Vanhat eivät enää toimi."),
}


class LoginAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth carries no types
    """Letting people in."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Tunnus on päättynyt. Kysy pääkäyttäjältä."),
        "incorrect_code": CODE_WRONG,
        "too_many_login_attempts": TRY_LATER,
        "rate_limited": TRY_LATER,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: the main user adds people."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Only a path on this very site."""
        return bool(url) and url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """A refusal is kept for the login page; other events show on the page itself."""
        if message := kwargs.get("message"):
            request.session["login_notice"] = str(message)

    def get_reauthentication_methods(self, user: Person) -> list[dict[str, Any]]:
        """A key first, for those who have one."""
        found: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return sorted(found, key=lambda method: not str(method["id"]).endswith("webauthn"))

    def format_email_subject(self, subject: str) -> str:
        """As the template says it."""
        return subject

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send; a mail server that does not answer may not tell which addresses are known."""
        headers = {"X-Mukana-Kind": KINDS.get(template_prefix, "account")}
        if template_prefix in KINDS:
            headers["X-Mukana-Valid-Until"] = (now() + timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)).isoformat()
        try:
            self.render_mail(template_prefix, email, context, headers).send()
        except (SMTPException, OSError) as error:
            log.error("A login message was not sent: %s", error)

    def send_notification_mail(
        self, template_prefix: str, user: Person, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tell the owner what happened to the account."""
        self.send_mail("account/email/happened", email or user.email, {"happened": HAPPENED[template_prefix], "person": user})


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth carries no types
    """The second step: an authenticator application, keys and recovery codes."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": CODE_WRONG,
        "cannot_delete_authenticator": _("Tätä ei voi poistaa."),
    }

    def build_totp_svg(self, url: str) -> str:
        """The QR code as SVG."""
        import segno  # only the page of the application draws one

        return segno.make(url, error="m").svg_inline(border=4, light="#fff", lineclass=None, svgclass=None, omitsize=True)

    def encrypt(self, text: str) -> str:
        """Secrets stand in the database, and in its copies, behind the site's key."""
        return self._box().encrypt(text.encode()).decode()  # type: ignore[no-any-return]

    def decrypt(self, encrypted_text: str) -> str:
        """The secret itself."""
        return self._box().decrypt(encrypted_text.encode()).decode()  # type: ignore[no-any-return]

    def _box(self) -> Any:
        from cryptography.fernet import Fernet  # heavy; only a second step needs it

        return Fernet(base64.urlsafe_b64encode(sha256(b"mukana.accounts.second-step:" + settings.SECRET_KEY.encode()).digest()))

    def generate_authenticator_name(self, user: Person, type: Authenticator.Type) -> str:
        """A first name for a key."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Avain %(number)d") % {"number": number}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Whom the device knows us as."""
        return {**super().get_public_key_credential_rp_entity(), "name": "Mukana"}

    def get_public_key_credential_user_entity(self, user: Person) -> dict[str, Any]:
        """Whom the key is of."""
        return {"id": user.pk.hex.encode(), "display_name": user.name, "name": user.email}
