"""Reading what people wrote: one at a time or many at once, with words hidden where they point at somebody, and undone."""

from datetime import date, timedelta

import pytest
from django.db.models.signals import post_save

from massline.desk.guard.audit import chain
from massline.desk.listen.conversations import forms
from massline.desk.listen.conversations.redaction_model import HiddenWords
from massline.desk.listen.rounds import actions
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.models import Account, Organisation
from massline.square.conversations import actions as conversation_actions
from massline.square.conversations.models import Conversation, Statement, StatementState
from tests.conftest import DoorClient, at_desk
from tests.open_forms import open_form
from tests.parts import shows
from tests.square.conversations.test_voting import say

NAMED = "Mr. Kessler told the landlord everything. Ring 0151 23456789."


@pytest.fixture
def round_(riverside: Organisation, bea: Account, today: date) -> ListeningRound:
    return actions.open_round(
        organisation=riverside,
        question="What about the heating?",
        closes_on=today + timedelta(days=7),
        by=bea,
        seeds=["The landlord should repair the boiler."],
    )


@pytest.fixture
def talk(round_: ListeningRound) -> Conversation:
    return Conversation.objects.get()


@pytest.fixture
def waiting(talk: Conversation) -> list[Statement]:
    texts = (NAMED, "Meetings must begin at six.", "The yard needs a lamp.")
    return [conversation_actions.add_statement(talk, text=text, token="somebody") for text in texts]


@pytest.fixture
def reader(bea: Account) -> DoorClient:
    return at_desk(bea)


def page_of(round_: ListeningRound, more: str = "") -> str:
    return f"/riverside/listen/{round_.pk}/reading/{more}"


def test_marked_words_are_hidden_the_writer_is_told_and_all_of_it_can_be_undone(
    round_: ListeningRound,
    talk: Conversation,
    waiting: list[Statement],
    reader: DoorClient,
    nobody: DoorClient,
) -> None:
    first = waiting[0]
    page = reader.get(page_of(round_))
    assert shows(page, "marked-words")
    assert shows(page, "left-to-read", 3)
    read = reader.post(page_of(round_), {"number": first.number, "what": "hide", "places": [0, 1]})
    first.refresh_from_db()
    assert (first.state, first.has_hidden_words) == (StatementState.SHOWN, True)
    assert "0151" not in first.text
    assert "told the landlord everything." in first.text
    assert HiddenWords.objects.get().said == NAMED
    undo = reader.get(read.headers["Location"])
    assert shows(undo, "just-read", 1)
    assert shows(undo, "left-to-read", 2)
    back = reader.post(page_of(round_, "back/"), {"read": first.number})
    assert shows(reader.get(back.headers["Location"]), "waiting-again", 1)
    first.refresh_from_db()
    assert (first.text, first.state, first.has_hidden_words) == (NAMED, StatementState.HELD, False)
    assert not HiddenWords.objects.exists()


def test_hidden_words_are_never_back_while_the_statement_is_shown(
    round_: ListeningRound, waiting: list[Statement], reader: DoorClient
) -> None:
    first = waiting[0]
    reader.post(page_of(round_), {"number": first.number, "what": "hide", "places": [0, 1]})
    seen: list[tuple[str, bool]] = []

    def look(sender: type[Statement], instance: Statement, **_given: object) -> None:
        kept = Statement.objects.get(pk=instance.pk)
        seen.append((kept.state, kept.text == NAMED))

    post_save.connect(look, sender=Statement)
    try:
        reader.post(page_of(round_, "back/"), {"read": first.number})
    finally:
        post_save.disconnect(look, sender=Statement)
    assert (StatementState.HELD, True) in seen
    assert (StatementState.SHOWN, True) not in seen


def test_an_undoing_that_fails_half_way_leaves_the_words_hidden(
    round_: ListeningRound, waiting: list[Statement], reader: DoorClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = waiting[0]
    reader.post(page_of(round_), {"number": first.number, "what": "hide", "places": [0, 1]})
    reader.raise_request_exception = False

    def fail(*_given: object) -> None:
        raise OSError

    monkeypatch.setattr(chain, "append_line", fail)
    assert reader.post(page_of(round_, "back/"), {"read": first.number}).status_code == 500
    first.refresh_from_db()
    assert (first.state, first.has_hidden_words) == (StatementState.SHOWN, True)
    assert "0151" not in first.text
    assert HiddenWords.objects.get().said == NAMED


def test_words_are_only_taken_out_and_only_marked_ones(
    round_: ListeningRound, waiting: list[Statement], reader: DoorClient
) -> None:
    plain = waiting[1]
    refused = reader.post(page_of(round_), {"number": plain.number, "what": "hide", "places": [0]})
    assert refused.status_code == 422
    assert "places" in refused.context["form"].errors
    none = reader.post(page_of(round_), {"number": waiting[0].number, "what": "hide"})
    assert shows(none, "no-words")
    plain.refresh_from_db()
    assert (plain.text, plain.state) == ("Meetings must begin at six.", StatementState.HELD)


def test_a_sentence_is_shown_turned_down_with_a_reason_or_passed_over(
    round_: ListeningRound, waiting: list[Statement], reader: DoorClient
) -> None:
    assert shows(reader.post(page_of(round_), {"number": waiting[0].number, "what": "down"}), "no-reason")
    reader.post(page_of(round_), {"number": waiting[0].number, "what": "down", "why": "names"})
    assert Statement.objects.get(pk=waiting[0].pk).state == StatementState.TURNED_DOWN
    assert "The yard" in reader.get(page_of(round_, f"?after={waiting[1].number}")).content.decode()
    for statement in waiting[1:]:
        reader.post(page_of(round_), {"number": statement.number, "what": "show"})
    assert shows(reader.get(page_of(round_)), "all-read")


def test_skip_goes_on_past_any_number_of_sentences_and_begins_again_after_the_last(
    round_: ListeningRound, talk: Conversation, reader: DoorClient
) -> None:
    for number in range(40):
        conversation_actions.add_statement(
            talk, text=f"The yard needs lamp {number}.", token=f"somebody {number}"
        )
    numbers = sorted(talk.statements.held().values_list("number", flat=True))
    assert len(numbers) == 40
    read, address = [], page_of(round_)
    for _skip in numbers:
        here = reader.get(address).context["here"].statement.number
        read.append(here)
        address = page_of(round_, f"?after={here}")
    assert read == numbers
    assert reader.get(address).context["here"].statement.number == numbers[0]
    for odd in ("999999999999999999999", "-3", "x", "٣"):
        assert reader.get(page_of(round_, f"?after={odd}")).status_code == 200, odd
    reader.post(page_of(round_), {"number": numbers[-1], "what": "show"})
    assert talk.statements.get(number=numbers[-1]).state == StatementState.SHOWN


def test_many_are_decided_at_once_and_undone_at_once(
    round_: ListeningRound, waiting: list[Statement], reader: DoorClient
) -> None:
    many = page_of(round_, "many/")
    assert shows(reader.post(many, {"show": "1"}), "required")
    two = [waiting[1].number, waiting[2].number]
    assert shows(reader.post(many, {"ticked": two}), "no-reason")
    read = reader.post(many, {"ticked": two, "show": "1"})
    assert Statement.objects.filter(state=StatementState.SHOWN, number__in=two).count() == 2
    assert shows(reader.get(read.headers["Location"]), "just-read", 2)
    reader.post(page_of(round_, "back/"), {"read": ",".join(map(str, two))})
    assert Statement.objects.filter(state=StatementState.HELD).count() == 3


def test_a_sentence_that_somebody_else_has_read_is_not_decided_twice(
    round_: ListeningRound, waiting: list[Statement], reader: DoorClient
) -> None:
    reader.post(page_of(round_), {"number": waiting[0].number, "what": "show"})
    reader.post(page_of(round_), {"number": waiting[0].number, "what": "down", "why": "insults"})
    assert Statement.objects.get(pk=waiting[0].pk).state == StatementState.SHOWN


def test_the_writer_reads_that_words_of_theirs_are_hidden(
    round_: ListeningRound, talk: Conversation, reader: DoorClient, nobody: DoorClient
) -> None:
    say(nobody, talk, NAMED)
    written = Statement.objects.get(text=NAMED)
    reader.post(page_of(round_), {"number": written.number, "what": "hide", "places": [0]})
    told = nobody.get(f"{talk.get_absolute_url()}answers/")
    assert shows(told, "words-hidden")
    assert "[…]" in told.content.decode()


def test_two_who_read_many_at_once_overwrite_nothing_of_each_other(
    round_: ListeningRound, talk: Conversation, waiting: list[Statement], reader: DoorClient, amal: Account
) -> None:
    numbers = [statement.number for statement in waiting]
    at_desk(amal).post(page_of(round_, "many/"), {"ticked": numbers[:2], "show": "1"})
    answer = reader.post(page_of(round_, "many/"), {"ticked": numbers[1:], "why": "insults"}, follow=True)
    assert shows(answer, "stays-as-decided", str(waiting[1]))
    states = dict(talk.statements.filter(number__in=numbers).values_list("number", "state"))
    assert [states[number] for number in numbers] == ["shown", "shown", "turned_down"]
    again = reader.post(page_of(round_, "many/"), {"ticked": numbers[:1], "why": "insults"})
    assert again.status_code == 422
    assert shows(again, "stays-as-decided", str(waiting[0]))
    assert talk.statements.get(number=numbers[0]).state == StatementState.SHOWN


def test_who_decides_otherwise_than_somebody_meanwhile_is_asked_once_with_both_answers(
    round_: ListeningRound, talk: Conversation, waiting: list[Statement], reader: DoorClient, amal: Account
) -> None:
    number = waiting[2].number
    address = f"/riverside/listen/{round_.pk}/statements/{number}/"
    hers = {"was": "held", "reason": "A lamp stands there already."}
    at_desk(amal).post(address, {"was": "held", "show": "1"})
    refused = reader.post(address, hers)
    assert shows(refused, "decided-meanwhile")
    assert hers["reason"] in refused.content.decode()
    assert talk.statements.get(number=number).state == StatementState.SHOWN
    form = open_form(refused.content.decode(), "reason")
    assert form["was"] == ["shown"]
    reader.post(address, form)
    assert talk.statements.get(number=number).state == StatementState.TURNED_DOWN
    refused = at_desk(amal).post(address, {"was": "shown", "show": "1"})
    assert shows(refused, "decided-meanwhile")


def test_two_who_decide_alike_are_not_asked(
    round_: ListeningRound, talk: Conversation, waiting: list[Statement], reader: DoorClient, amal: Account
) -> None:
    address = f"/riverside/listen/{round_.pk}/statements/{waiting[1].number}/"
    for door in (at_desk(amal), reader):
        assert door.post(address, {"was": "held", "show": "1"}).status_code == 302


@pytest.mark.parametrize("many", [False, True])
def test_what_somebody_else_decided_in_the_same_moment_stays(
    round_: ListeningRound,
    waiting: list[Statement],
    reader: DoorClient,
    monkeypatch: pytest.MonkeyPatch,
    many: bool,
) -> None:
    """The other one decides after our form was checked, before we hold the sentence."""
    first = waiting[1]
    form = forms.ReadManyForm if many else forms.ReadingForm
    checked = form.is_valid

    def decided_meanwhile(self: object) -> bool:
        right = checked(self)  # type: ignore[arg-type]
        Statement.objects.filter(pk=first.pk).update(state=StatementState.TURNED_DOWN, reason="spam")
        return right

    monkeypatch.setattr(form, "is_valid", decided_meanwhile)
    given = {"ticked": [first.number], "show": "1"} if many else {"number": first.number, "what": "show"}
    reader.post(page_of(round_, "many/" if many else ""), given)
    first.refresh_from_db()
    assert (first.state, first.reason) == (StatementState.TURNED_DOWN, "spam")
