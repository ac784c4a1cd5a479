"""A house made for a drill: Riverside asks a question, calls a mass meeting, and somebody writes field reports."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from drills.acknowledgement_ledger import Ledger
from drills.simulated_writers import Person, Reporter, Signer, Speaker, Voter

STATEMENTS = 60
PASSPHRASE = "nine herons cross a frozen weir"


@dataclass(frozen=True)
class Stage:
    """Addresses of the forms, the cookie of a logged-in organiser, and the key that opens envelopes."""

    conversation: str
    event: str
    field_report: str
    cookie: dict[str, str]
    private_key: bytes

    def people(self, square: int, desk: int, ledger: Ledger, *, voters: int = 3) -> list[Person]:
        return [
            *[Voter(square, self.conversation, ledger) for _ in range(voters)],
            Speaker(square, f"{self.conversation}words/", ledger),
            Signer(square, self.event, ledger),
            Reporter(desk, self.field_report, ledger, self.cookie),
        ]


def build_stage() -> Stage:
    """Prepare and fill both databases of this process's installation."""
    from massline.desk.people.scope import scope_to_everything

    with scope_to_everything("a drill sets the stage"):
        return _build()


def _build() -> Stage:
    from django.conf import settings
    from django.utils import timezone

    from massline.cli.first_start import prepare_databases
    from massline.desk.guard.keys.organisation_setup import found_organisation
    from massline.desk.listen.rounds.actions import open_round
    from massline.desk.people.models import Account, Section
    from massline.square.calls.actions import publish_event
    from massline.square.calls.facts import EventFacts
    from massline.square.conversations.models import Conversation
    from massline.square.organisations.models import PublicOrganisation

    prepare_databases(lambda _: None)
    settings.ARGON2_KIB = 64  # founding is not what is drilled
    amal = Account.objects.create_user("amal", PASSPHRASE)
    organisation, vault = found_organisation(
        by=amal, passphrase=PASSPHRASE, name="Riverside", slug="riverside"
    )
    Section.objects.create(organisation=organisation, name="Block A", headcount=120)
    round_ = open_round(
        organisation=organisation,
        question="What first?",
        closes_on=timezone.localdate() + timedelta(days=30),
        by=amal,
        seeds=[f"Mend number {n} first." for n in range(STATEMENTS)],
    )
    # Before any clock that is set back by a day.
    Conversation.objects.update(opens_at=timezone.now() - timedelta(days=3))
    starts = timezone.now() + timedelta(days=14)
    event = publish_event(
        organisation=PublicOrganisation.objects.get(slug="riverside"),
        uuid=uuid4(),
        facts=EventFacts(
            kind="mass_meeting",
            title="Meeting",
            starts_at=starts,
            ends_at=starts + timedelta(hours=2),
            place="The hall",
        ),
    )
    return Stage(
        conversation=f"/riverside/c/{round_.conversation}/",
        event=event.get_absolute_url(),
        field_report=f"/riverside/listen/{round_.pk}/write/",
        cookie=log_in(amal),
        private_key=vault.private_key,
    )


def log_in(account: object) -> dict[str, str]:
    """Return the cookie of a browser in which this account has logged in."""
    from django.conf import settings
    from django.test import Client

    browser = Client()
    browser.force_login(account)  # type: ignore[arg-type]
    session = browser.session
    session.set_expiry(timedelta(days=30))  # longer than any clock is set wrong
    session.save()
    return {settings.SESSION_COOKIE_NAME: browser.cookies[settings.SESSION_COOKIE_NAME].value}
