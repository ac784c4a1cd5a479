"""Simulated voters of three kinds, each with its own probabilities; the same in every build."""

from collections.abc import Sequence
from random import Random

from massline.demo.first_loop_texts import Idea
from massline.square.conversations import actions as conversation_actions
from massline.square.conversations import section_choice
from massline.square.conversations.models import Conversation, Participant, Statement, Value
from massline.square.conversations.phone_votes.actions import open_questions
from massline.square.conversations.trust_levels import Level
from massline.square.conversations.voting.blank_ballots import Blank
from massline.square.conversations.voting.next_statement import next_statement, progress_of
from massline.square.conversations.voting.vote_batch_writer import Answer, save_answers
from massline.square.elections.ballot_writer import SentBallot, save_ballots
from massline.square.elections.models import PublishedElection

KINDS = ("cold", "rent", "careful")
SHARES = (0.45, 0.3, 0.25)
# Of those who agreed on a list: how seldom one slips, and how much of it each answers.
SLIPS, ANSWERED = 0.02, 1.0


def cast_votes(conversation: Conversation, ideas: Sequence[Idea], *, people: int, seed: int) -> None:
    """Let neighbours answer most of the statements, each independently."""
    random = Random(seed)
    by_text = {idea.text: idea for idea in ideas}
    asked = [
        (statement, by_text[statement.text])
        for statement in conversation.statements.shown()
        if statement.text in by_text
    ]
    for number in range(people):
        kind = random.choices(KINDS, SHARES)[0]
        participant = conversation_actions.join_conversation(conversation, token=f"neighbour {seed} {number}")
        declare_section(participant, number)
        answers = [
            (statement, draw_answer(random, idea, kind)) for statement, idea in asked if random.random() < 0.8
        ]
        _record_votes(participant, answers)


def vote_in_hall(hall: Conversation, *, yes: int, no: int, neither: int) -> None:
    """Let people who drew a card answer the newest motion of a hall."""
    statement = open_questions(hall)[0]
    values = [Value.AGREE] * yes + [Value.DISAGREE] * no + [Value.PASS] * neither
    for number, value in enumerate(values):
        token = f"hall {number}"
        voter = conversation_actions.join_conversation(
            hall, token=token, blank=Blank(hall.pk, token, Level.CARD)
        )
        save_answers([Answer(voter.pk, statement.pk, value)], conversations=[])


def vote_in_election(election: PublishedElection, ballots: Sequence[tuple[tuple[int, ...], int]]) -> None:
    """Let people who drew a card cast ballots: the numbers they give, and how many of them do."""
    sent: list[SentBallot] = []
    for ranks, people in ballots:
        for _person in range(people):
            blank = Blank(election.page_id, f"election {len(sent)}", Level.CARD)
            sent.append(SentBallot(election.pk, election.page_id, blank.token, ranks, blank))
    save_ballots(sent)


def cast_agreed_votes(conversation: Conversation, ideas: Sequence[Idea], *, people: int, seed: int) -> None:
    """Let a group of neighbours answer by one list agreed beforehand, with a slip now and then."""
    random = Random(seed)
    by_text = {idea.text: random.choice((Value.AGREE, Value.DISAGREE)) for idea in ideas}
    asked = [statement for statement in conversation.statements.shown() if statement.text in by_text]
    for number in range(people):
        participant = conversation_actions.join_conversation(
            conversation, token=f"agreed neighbour {seed} {number}"
        )
        declare_section(participant, number)
        answers = [
            (statement, Value.PASS if random.random() < SLIPS else by_text[statement.text])
            for statement in asked
            if random.random() < ANSWERED
        ]
        _record_votes(participant, answers)


def cast_routed_votes(
    conversation: Conversation, ideas: Sequence[Idea], *, people: int, answers: int, seed: int
) -> None:
    """Let late neighbours answer routed statements one by one, with the probability of each draw."""
    random = Random(seed)
    by_text = {idea.text: idea for idea in ideas}
    for number in range(people):
        kind = random.choices(KINDS, SHARES)[0]
        participant = conversation_actions.join_conversation(
            conversation, token=f"late neighbour {seed} {number}"
        )
        declare_section(participant, number)
        for _ in range(answers):
            asked = next_statement(conversation, progress_of(conversation, participant))
            if asked is None:
                break
            given = Answer(
                participant.pk,
                asked.statement.pk,
                draw_answer(random, by_text[asked.statement.text], kind),
                probability=asked.probability,
                waiting=asked.waiting,
            )
            save_answers([given], conversations=[conversation.pk])


def declare_section(participant: Participant, number: int) -> None:
    """Let two of three declare their block, the blocks in turn; the others decline."""
    blocks = participant.conversation.sections
    if blocks:
        section_choice.save_section(
            participant, blocks[number % len(blocks)] if number % 3 else section_choice.UNSAID
        )


def draw_answer(random: Random, idea: Idea, kind: str) -> Value:
    if random.random() < idea.unsure:
        return Value.PASS
    return Value.AGREE if random.random() < getattr(idea, kind) else Value.DISAGREE


def _record_votes(participant: Participant, answers: list[tuple[Statement, Value]]) -> None:
    save_answers(
        [Answer(participant.pk, statement.pk, value) for statement, value in answers],
        conversations=[participant.conversation_id],
    )
