"""The demonstration: a tenants' union with three chapters, one turn of the loop done and a second under way.

Everything is created by the same actions that the pages call; only the clock is set back for the past.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from massline.demo import (
    act_events,
    act_meetings_and_support,
    assessment,
    call,
    decide,
    first_loop,
    first_loop_texts,
    learn,
    listen,
    questions,
    second_loop,
    sister_chapters,
    sum_up,
)
from massline.demo.clock import days_ago
from massline.desk.guard.accounts import invitations
from massline.desk.guard.keys import joint_sheet_creation, key_holders, organisation_setup
from massline.desk.guard.keys.vault import Vault
from massline.desk.people import section_actions
from massline.desk.people.choices import OrganisationKind, Role
from massline.desk.people.models import Account, Membership, Organisation

ZONE = "Europe/Berlin"


@dataclass(frozen=True)
class DemoCast:
    """The union, its open vault, and its organisers."""

    union: Organisation
    vault: Vault
    amal: Account
    bea: Account
    chen: Account


def build(progress: Callable[[str], None]) -> str:
    """Build the demo; return the secret of a one-time link that makes its user a key-holder of the union."""
    progress("Founding a union and three chapters")
    with days_ago(40):
        cast = found_union()
    progress("Living one turn of the loop")
    lesson = first_loop.play_first_loop(cast)
    learn.play_learning(cast, lesson)
    sister_chapters.play_sister_chapters(cast)
    progress("Beginning the second")
    second_loop.play_second_loop(cast, lesson)
    listen.play_listening(cast)
    progress("Laying it out on the bench")
    sum_up.play_sum_up(cast)
    progress("Deciding")
    decide.play_decisions(cast)
    progress("Meeting")
    act_meetings_and_support.play_meetings(cast)
    progress("Calling")
    call.play_call(cast)
    progress("Filling the hours")
    act_events.play_events(cast)
    progress("Answering what people ask")
    questions.play_questions(cast)
    assessment.wait_for_strength(cast)
    return invitations.invite_member(organisation=cast.union, role=Role.HOLDER, by=None, vault=cast.vault)


def make_keys_safe(union: Organisation, vault: Vault, amal: Account, bea: Account, passphrase: str) -> None:
    """Let a second organiser hold the key, and prove the recovery on paper, as every organisation must."""
    key_holders.ensure_account_key(bea, passphrase)
    member = Membership.objects.create(account=bea, organisation=union, role=Role.ORGANISER)
    key_holders.make_key_holder(member, vault=vault, by=amal)
    joint_sheet_creation.start_sheet_session(union, size=2, vault=vault, by=amal)
    with joint_sheet_creation.MAKING.at(union.pk) as sitting:
        assert sitting is not None
        joint_sheet_creation.join_sheet_session(union, code=sitting.code, by=bea)
        for keeper in (amal, bea):
            words = joint_sheet_creation.show_words(union, to=keeper)
            asked = sitting.seats[keeper.pk].asked
            typed = {place: words[place - 1] for place in asked}
            joint_sheet_creation.prove_by_places(union, typed=typed, by=keeper)


def found_union() -> DemoCast:
    # Nobody is to log in as an invented person, so nobody knows these passphrases.
    passphrase = secrets.token_urlsafe(24)
    amal, bea, chen = (Account.objects.create_user(name, passphrase) for name in ("Amal", "Bea", "Chen"))
    union, vault = organisation_setup.found_organisation(
        by=amal,
        passphrase=passphrase,
        name=first_loop_texts.UNION,
        slug="riverside",
        sentence=first_loop_texts.SENTENCE,
        timezone_name=ZONE,
        imprint="Riverside Tenants, Harbour Hall, by the clock",
    )
    make_keys_safe(union, vault, amal, bea, passphrase)
    organisation_setup.set_branding(organisation=union, colour="#14614f", mark=None, by=amal)
    Membership.objects.create(account=chen, organisation=union, role=Role.MEMBER)
    for name, headcount in first_loop_texts.SECTIONS:
        section_actions.add_section(organisation=union, name=name, headcount=headcount, by=amal)
    for name, slug, sentence, sections in first_loop_texts.CHAPTERS:
        chapter, _vault = organisation_setup.found_organisation(
            by=bea,
            passphrase=passphrase,
            name=name,
            slug=slug,
            sentence=sentence,
            kind=OrganisationKind.CHAPTER,
            parent=union,
            timezone_name=ZONE,
        )
        for section, headcount in sections:
            section_actions.add_section(organisation=chapter, name=section, headcount=headcount, by=bea)
    return DemoCast(union, vault, amal, bea, chen)
