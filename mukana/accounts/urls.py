"""Addresses of coming in and going out, of one's own account and of the main user.

Some addresses have a second name, by which django-allauth looks for them.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponseBase
from django.urls import URLPattern, path

from mukana.accounts.views import behalf, login, organisation, own, people, second_step


def named(route: str, view: Callable[..., HttpResponseBase], *names: str) -> list[URLPattern]:
    """The same address under several names."""
    return [path(route, view, name=name) for name in names]


urlpatterns = [
    *named("kirjaudu/", login.login, "login", "account_login", "account_request_login_code"),
    *named("kirjaudu/koodi/", login.code, "account_confirm_login_code"),
    *named("kirjaudu/toinen-vaihe/", second_step.second_step, "mfa_authenticate"),
    *named("kirjaudu/avaimella/", second_step.with_key, "mfa_login_webauthn"),
    *named("kirjaudu/paattynyt/", login.ended, "account_inactive"),
    path("kirjaudu/organisaatio/<slug:key>/", organisation.begin, name="organisation_login"),
    path("kirjaudu/organisaatio/<slug:key>/paluu/", organisation.come_back, name="organisation_return"),
    path("kirjaudu/<str:token>/", login.enter, name="enter"),
    *named("kirjaudu-ulos/", login.leave, "leave", "account_logout"),
    *named("oma-tunnus/", own.own, "own_account", "mfa_index", "mfa_list_webauthn"),
    path("oma-tunnus/muut-istunnot/", own.end_others, name="end_other_sessions"),
    path("oma-tunnus/varmista/", second_step.again, name="mfa_reauthenticate"),
    path("oma-tunnus/varmista/avaimella/", second_step.again_with_key, name="mfa_reauthenticate_webauthn"),
    path("oma-tunnus/sovellus/", second_step.application_on, name="mfa_activate_totp"),
    path("oma-tunnus/sovellus/pois/", second_step.application_off, name="mfa_deactivate_totp"),
    path("oma-tunnus/varakoodit/", second_step.recovery_codes, name="mfa_view_recovery_codes"),
    path("oma-tunnus/varakoodit/uudet/", second_step.new_recovery_codes, name="mfa_generate_recovery_codes"),
    path("oma-tunnus/avain/", second_step.add_key, name="mfa_add_webauthn"),
    path("oma-tunnus/avain/<int:pk>/pois/", second_step.remove_key, name="mfa_remove_webauthn"),
    path("tyopoyta/", login.desk, name="desk"),
    path("tyopoyta/kayttajat/", people.people, name="people"),
    path("tyopoyta/kayttajat/uusi/", people.add, name="person_new"),
    path("tyopoyta/kayttajat/roolit/", people.roles, name="roles"),
    path("tyopoyta/kayttajat/<uuid:key>/", people.person, name="person"),
    path("tyopoyta/kayttajat/<uuid:key>/rooli/<int:membership>/pois/", people.take_role, name="role_take"),
    path("tyopoyta/kayttajat/<uuid:key>/<slug:deed>/", people.change, name="person_change"),
    path("tyopoyta/puolesta/", behalf.choose, name="act_for"),
    path("tyopoyta/puolesta/lopeta/", behalf.end, name="act_for_end"),
]
