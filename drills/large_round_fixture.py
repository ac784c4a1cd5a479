"""A house in which very many were heard: 5,000 voices and 50,000 votes in one round, and a sum-up begun from them.

python -m drills.large_round_fixture      makes it in MASSLINE_DATA and prints the sum-up's address and an organiser's cookie as JSON
"""

import json
from datetime import timedelta
from itertools import product
from random import Random
from typing import TYPE_CHECKING

from massline.cli.django_setup import setup_django

if TYPE_CHECKING:
    from massline.desk.listen.rounds.models import ListeningRound
    from massline.desk.people.models import Account, Organisation, Section
    from massline.desk.sumup.claims.models import SumUp

VOICES, PEOPLE, ANSWERS, SEEDS, SECTIONS = 5000, 1000, 50, 250, 10
THINGS = (
    *("heating", "lift", "rent", "window", "mould", "noise", "rubbish", "stair", "deposit", "water", "light"),
    *("repair bill", "front door", "playground", "bicycle room", "letter box", "roof", "cellar", "parking"),
)
SAID = (
    "The {} of house {} has been bad since {}.",
    "Nobody answers when we write about the {} in house {}, and we have written since {}.",
    "When will somebody see to the {} of house {}? We have asked since {}.",
    "In house {1} we mended the {0} ourselves in {2} and paid for it.",
)
MONTHS = ("January", "March", "May", "July", "August", "October", "November")


def draw_sentences() -> list[str]:
    """So many different sentences, in an order that is always the same."""
    every = [wording.format(*rest) for wording, *rest in product(SAID, THINGS, range(1, 41), MONTHS)]
    return Random(1).sample(every, VOICES)


def build_crowd() -> dict[str, object]:
    from django.conf import settings

    from drills.house_fixture import PASSPHRASE, log_in
    from massline.cli.first_start import prepare_databases
    from massline.desk.guard.keys.organisation_setup import found_organisation
    from massline.desk.people.models import Account, Section
    from massline.desk.people.scope import scope_to_everything

    prepare_databases(lambda _: None)
    settings.ARGON2_KIB = 64  # founding is not what is drilled
    with scope_to_everything("a drill fills a house"):
        amal = Account.objects.create_user("amal", PASSPHRASE)
        riverside, _vault = found_organisation(
            by=amal, passphrase=PASSPHRASE, name="Riverside", slug="riverside"
        )
        sections = Section.objects.bulk_create(
            Section(organisation=riverside, name=f"Block {n}", headcount=900) for n in range(SECTIONS)
        )
        sum_up = build_sum_up(build_round(riverside, sections, amal), amal)
        return {"path": f"/riverside/sum-up/{sum_up.pk}/", "cookie": log_in(amal)}


def build_round(riverside: "Organisation", sections: "list[Section]", amal: "Account") -> "ListeningRound":
    """A round with its voices and votes; the estimates as the worker takes them."""
    from django.utils import timezone

    from massline.desk.listen.rounds.actions import conversation_of, open_round
    from massline.desk.listen.rounds.models import FieldReport, Voice, digest_of_voice
    from massline.desk.sumup.estimates.mood import take_mood_snapshot
    from massline.desk.sumup.estimates.themes import take_theme_snapshot
    from massline.square.conversations.models import Participant
    from massline.square.conversations.results.snapshot import take_snapshot
    from massline.square.conversations.voting.vote_batch_writer import Answer, save_answers

    today = timezone.localdate()
    round_ = open_round(
        organisation=riverside,
        question="What first?",
        closes_on=today + timedelta(days=30),
        by=amal,
        sections=sections,
        seeds=[f"Mend number {n} first." for n in range(SEEDS)],
    )
    reports = FieldReport.objects.bulk_create(
        FieldReport(
            round=round_, section=sections[n % SECTIONS], mood=1 + n % 5, day=today - timedelta(days=n % 60)
        )
        for n in range(VOICES)
    )
    Voice.objects.bulk_create(
        Voice(
            report=report, text=text, digest=digest_of_voice(text), kind="question" if "?" in text else "said"
        )
        for report, text in zip(reports, draw_sentences(), strict=True)
    )
    conversation = conversation_of(round_)
    assert conversation is not None, "the organisation has no face on the square"
    drawn, statements = Random(1), list(conversation.statements.all())
    people = Participant.objects.bulk_create(
        Participant(conversation=conversation, key=str(n)) for n in range(PEOPLE)
    )
    save_answers(
        (
            Answer(person.pk, statement.pk, drawn.choice((-1, 0, 1, 1)))
            for person in people
            for statement in drawn.sample(statements, ANSWERS)
        ),
        conversations=[conversation.pk],
    )
    take_snapshot(conversation)
    take_theme_snapshot(round_)
    take_mood_snapshot(riverside)
    return round_


def build_sum_up(round_: "ListeningRound", amal: "Account") -> "SumUp":
    """Build a sum-up of six claims with twelve voices each."""
    from massline.desk.listen.rounds.models import Voice
    from massline.desk.sumup.claims import actions

    sum_up = actions.begin_sum_up(round_=round_, title="Mend first, then talk of rent", by=amal)
    voices = list(Voice.objects.of_round(round_)[:72])
    for n in range(6):
        cited = voices[12 * n : 12 * (n + 1)]
        actions.add_claim(sum_up=sum_up, text=f"{n + 10} of us say the same.", voices=cited, by=amal)
    return sum_up


if __name__ == "__main__":
    setup_django("desk")
    print(json.dumps(build_crowd()))
