"""A round that has heard something: voices at doors, statements and votes on the square, and a map."""

from datetime import date, timedelta

from django.utils import timezone

from massline.desk.decide.demands.models import Demand
from massline.desk.listen.field_reports import actions as field_report_actions
from massline.desk.listen.field_reports.actions import VoiceText
from massline.desk.listen.rounds import actions as round_actions
from massline.desk.listen.rounds.actions import conversation_of
from massline.desk.listen.rounds.models import ListeningRound, Voice, VoiceKind
from massline.desk.people.models import Account, Organisation
from massline.desk.sumup.claims import actions as sumup
from massline.desk.sumup.claims.models import Claim, SumUp
from massline.square.conversations import actions as conversation_actions
from massline.square.conversations.models import Statement, Value
from massline.square.conversations.results import snapshot
from tests.kept_rows import made_once
from tests.votes import tell_everything, vote

COAT = "  My girl does her homework\nin her coat… 🥶 "
ARABIC = "أريد تدفئة في كل الغرف 🔥"
WARM = "It is warm enough at ours."
WHO_PAYS = "Who pays if we lose?"
SEEDS = ["The landlord should say what the boiler costs.", "Heating is everybody's own business."]


def heating(organisation: Organisation, by: Account) -> ListeningRound:
    """Two sections, nine people spoken to, four voices, two statements, twelve people's votes, one map."""
    return made_once(
        f"heating of {organisation.pk} {organisation.slug} by {by.pk} {by.name}",
        lambda: _open_heating(organisation, by),
    )


def _open_heating(organisation: Organisation, by: Account) -> ListeningRound:
    round_ = round_actions.open_round(
        organisation=organisation,
        question="What should change about the heating?",
        closes_on=timezone.localdate() + timedelta(days=7),
        by=by,
        seeds=SEEDS,
    )
    told = {"Block A": [VoiceText(WARM)], "Block C": [VoiceText(COAT), VoiceText(ARABIC, language="ar")]}
    told["Block C"].append(VoiceText(WHO_PAYS, kind=VoiceKind.QUESTION))
    for name, said in told.items():
        write(round_, by, name, said, people=7 if name == "Block C" else 2, day=date(2026, 11, 12))
    let_vote(round_, people=12)
    return round_


def write(
    round_: ListeningRound,
    by: Account,
    section: str,
    said: list[VoiceText],
    *,
    people: int = 1,
    mood: int = 2,
    day: date | None = None,
) -> None:
    chosen = round_.sections.get(name=section)
    field_report_actions.write_field_report(
        round_=round_, by=by, section=chosen, channel="door", voices=said, mood=mood, people=people, day=day
    )


def let_vote(round_: ListeningRound, *, people: int) -> None:
    """All agree to the first statement but the last person; all disagree with the second but one."""
    conversation = conversation_of(round_)
    assert conversation is not None
    first, second = conversation.statements.shown()[:2]
    for n in range(people):
        person = conversation_actions.join_conversation(conversation, token=f"person {n}")
        last = n == people - 1
        vote(person, first, value=Value.PASS if last else Value.AGREE)
        vote(person, second, value=Value.AGREE if n == 0 else Value.DISAGREE)
    tell_everything(conversation)
    snapshot.take_snapshot(conversation)


def voice(round_: ListeningRound, text: str) -> Voice:
    return Voice.objects.get(report__round=round_, text=text)


def statement(round_: ListeningRound, number: int = 0) -> Statement:
    conversation = conversation_of(round_)
    assert conversation is not None
    return conversation.statements.get(number=number)


def written(round_: ListeningRound, by: Account) -> SumUp:
    """A sum-up that lacks nothing but the second signature."""
    return made_once(f"sum-up of {round_.pk} by {by.pk} {by.name}", lambda: _write(round_, by))


def _write(round_: ListeningRound, by: Account) -> SumUp:
    sum_up = sumup.begin_sum_up(round_=round_, title="Cold rooms, and nobody says why", by=by)
    cold = [voice(round_, COAT), voice(round_, ARABIC)]
    sumup.add_claim(
        sum_up=sum_up,
        text="Children freeze in Block C.",
        voices=cold,
        statements=[statement(round_)],
        by=by,
    )
    sumup.add_claim(
        sum_up=sum_up, text="Some are warm enough.", voices=[voice(round_, WARM)], minority=True, by=by
    )
    sumup.describe_sum_up(
        sum_up=sum_up,
        heard="It is cold, and nobody says what the boiler costs.",
        unknown="How it is in Block B.",
        next_step="We bring this to the mass meeting on Thursday.",
        by=by,
    )
    return sum_up


def signed(round_: ListeningRound, by: Account, second: Account) -> SumUp:
    sum_up = written(round_, by)
    sumup.sign_sum_up(sum_up=sum_up, by=second)
    return sum_up


def claims(sum_up: SumUp) -> list[Claim]:
    return list(sum_up.claims.all())


def demand(
    organisation: Organisation, sum_up: SumUp, by: Account, text: str = "18 degrees in every room"
) -> Demand:
    from massline.desk.decide.demands import actions as decide

    return decide.make_demand(organisation=organisation, text=text, claims=claims(sum_up)[:1], by=by)
