"""Two hundred neighbours who vote: three kinds, each with its own chances; the same crowd every time."""

from collections.abc import Sequence
from random import Random

from massline.demo.texts import Idea
from massline.square.conversations import actions as conversation_actions
from massline.square.conversations import section_choice
from massline.square.conversations.models import Conversation, Participant, Statement, Value
from massline.square.conversations.voting.next_statement import next_statement, progress_of
from massline.square.conversations.voting.record import Answer, record

KINDS = ("cold", "rent", "careful")
SHARES = (0.45, 0.3, 0.25)
SLIPS = 0.08


def vote(conversation: Conversation, ideas: Sequence[Idea], *, people: int, seed: int) -> None:
    """Let the neighbours answer, each most of the statements and in no order."""
    random = Random(seed)
    by_text = {idea.text: idea for idea in ideas}
    asked = [(one, by_text[one.text]) for one in conversation.statements.shown() if one.text in by_text]
    for number in range(people):
        kind = random.choices(KINDS, SHARES)[0]
        participant = conversation_actions.join(conversation, token=f"neighbour {seed} {number}")
        say_where(participant, number)
        answers = [(one, answer(random, idea, kind)) for one, idea in asked if random.random() < 0.8]
        _keep(participant, answers)


def vote_alike(conversation: Conversation, ideas: Sequence[Idea], *, people: int, seed: int) -> None:
    """Let a small knot of neighbours answer by one list that they agreed on beforehand, but for a slip now and then."""
    random = Random(seed)
    by_text = {idea.text: random.choice((Value.AGREE, Value.DISAGREE)) for idea in ideas}
    asked = [one for one in conversation.statements.shown() if one.text in by_text]
    for number in range(people):
        participant = conversation_actions.join(conversation, token=f"agreed neighbour {seed} {number}")
        say_where(participant, number)
        answers = [
            (one, Value.PASS if random.random() < SLIPS else by_text[one.text])
            for one in asked
            if random.random() < 0.8
        ]
        _keep(participant, answers)


def vote_as_asked(
    conversation: Conversation, ideas: Sequence[Idea], *, people: int, answers: int, seed: int
) -> None:
    """Let some come later and answer what is drawn for them one by one; the chance is kept with each answer."""
    random = Random(seed)
    by_text = {idea.text: idea for idea in ideas}
    for number in range(people):
        kind = random.choices(KINDS, SHARES)[0]
        participant = conversation_actions.join(conversation, token=f"late neighbour {seed} {number}")
        say_where(participant, number)
        for _ in range(answers):
            asked = next_statement(conversation, progress_of(conversation, participant))
            if asked is None:
                break
            given = Answer(
                participant.pk,
                asked.statement.pk,
                answer(random, by_text[asked.statement.text], kind),
                probability=asked.probability,
                waiting=asked.waiting,
            )
            record([given], conversations=[conversation.pk])


def say_where(participant: Participant, number: int) -> None:
    """Two of three say which block they belong to, the blocks in turn; the others would rather not."""
    blocks = participant.conversation.sections
    if blocks:
        section_choice.save_section(
            participant, blocks[number % len(blocks)] if number % 3 else section_choice.UNSAID
        )


def answer(random: Random, idea: Idea, kind: str) -> Value:
    if random.random() < idea.unsure:
        return Value.PASS
    return Value.AGREE if random.random() < getattr(idea, kind) else Value.DISAGREE


def _keep(participant: Participant, answers: list[tuple[Statement, Value]]) -> None:
    record(
        [Answer(participant.pk, statement.pk, value) for statement, value in answers],
        conversations=[participant.conversation_id],
    )
