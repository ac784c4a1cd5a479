"""What comes out of a conversation holds no key that leads from a person, or a sentence, to one person's answers."""

import csv
import io
import zipfile
from datetime import timedelta
from pathlib import Path

from django.utils import timezone
from time_machine import travel

from massline.desk.listen.rounds.models import ListeningRound
from massline.square.conversations import actions as conversations
from massline.square.conversations.models import Conversation, Participant, Value
from massline.square.conversations.results.snapshot import take_snapshot
from massline.square.conversations.trust_levels import Level
from tests.conftest import DoorClient
from tests.ops.command import massline
from tests.votes import tell_everything, vote

Tables = dict[str, list[dict[str, str]]]


def by_the_page(door: DoorClient, round_: ListeningRound) -> Tables:
    answer = door.post(f"/riverside/listen/{round_.pk}/take-out/", {"shape": "polis"})
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        return {
            name: list(csv.DictReader(io.StringIO(packed.read(name).decode(), newline="")))
            for name in packed.namelist()
        }


def by_the_command(talk: Conversation, folder: Path) -> Tables:
    massline("export", f"riverside/{talk.slug}", folder)
    return {
        file.name: list(csv.DictReader(io.StringIO(file.read_text(), newline="")))
        for file in folder.iterdir()
    }


def test_no_number_author_day_or_level_tells_whose_answers_they_are(
    round_: ListeningRound, bea_at: DoorClient, tmp_path: Path
) -> None:
    """Case R2, and its sisters: the only one who came on a day, and the only one who holds a card."""
    talk = Conversation.objects.get()
    asked = talk.statements.get(number=0)
    for n in range(24):
        person = conversations.join_conversation(talk, token=str(n))
        vote(person, asked, value=Value.AGREE if n % 2 else Value.PASS)
    with travel(timezone.now() + timedelta(days=1)):
        author = conversations.join_conversation(talk, token="author")
        vote(author, asked, value=Value.DISAGREE)
    Participant.objects.filter(pk=author.pk).update(level=Level.CARD)
    conversations.add_statement(talk, text="The lift has stood still since March.", token="author")
    tell_everything(talk)
    take_snapshot(talk)
    files = [
        by_the_page(bea_at, round_),
        by_the_page(bea_at, round_),
        by_the_command(talk, tmp_path / "out"),
    ]
    for tables in files:
        assert len(tables["comments.csv"]) == 2
        assert {row["author-id"] for row in tables["comments.csv"]} == {"-1"}
        assert {row["n-comments"] for row in tables["participants-votes.csv"]} == {"0"}
        assert len({row["datetime"] for row in tables["votes.csv"]}) == 1, "one came alone on the second day"
        assert len({row["level"] for row in tables["levels.csv"]}) == 1, "one came alone with a card"
    numbers = [
        {row["voter-id"] for row in tables["votes.csv"] if row["vote"] == str(int(Value.DISAGREE))}
        for tables in files
    ]
    assert all(len(found) == 1 for found in numbers)
    assert len(set(map(frozenset, numbers))) > 1, "every file numbers people anew"


def test_a_level_of_many_is_told(round_: ListeningRound, bea_at: DoorClient) -> None:
    talk = Conversation.objects.get()
    for n in range(14):
        person = conversations.join_conversation(talk, token=str(n))
        vote(person, talk.statements.get(number=0), value=Value.AGREE)
    cards = list(talk.participants.order_by("pk").values_list("pk", flat=True)[:6])
    talk.participants.filter(pk__in=cards).update(level=Level.CARD)
    tell_everything(talk)
    told = [row["level"] for row in by_the_page(bea_at, round_)["levels.csv"]]
    assert (told.count(Level.CARD), told.count(Level.OPEN)) == (6, 8)
