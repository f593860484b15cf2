"""Why a referrer takes a referral back."""

from __future__ import annotations

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from mukana.referrals import labels
from mukana.referrals.forms.refer_fields import one_of


class CancelForm(forms.Form):
    """One reason, and a key so that it is done once."""

    kerran = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    syy = one_of(_("Miksi perut?"), labels.CANCEL_REASONS.items(), required=True, error_messages={"required": _("Valitse syy.")})
