"""One function for each thing a person does to accounts."""

from mukana.accounts.actions.demo import DEMO_ACCOUNTS, DemoAccount, make_demo_accounts
from mukana.accounts.actions.login_links import LinkRefused, make_login_link, use_login_link
from mukana.accounts.actions.people import PeopleRefused, add_person

__all__ = [
    "DEMO_ACCOUNTS",
    "DemoAccount",
    "LinkRefused",
    "PeopleRefused",
    "add_person",
    "make_demo_accounts",
    "make_login_link",
    "use_login_link",
]
