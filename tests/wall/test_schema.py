"""No way leads from a vote or a statement to a person, and no score or opinion stands beside one."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from massline.desk.people.models import Account, Contact
from massline.square.conversations.models import Participant, Statement, Vote
from massline.square.envelopes.models import Envelope
from tests.wall.schema_walk import CROWDS, FROM, PERSONS, QUOTING, Model, opinions, paths

EVERY = list(apps.get_models(include_auto_created=True))


def test_no_path_leads_from_a_vote_or_a_statement_to_a_person() -> None:
    assert paths(EVERY) == []


def test_what_the_walk_stops_at_is_there_and_says_why() -> None:
    labels = {model._meta.label for model in EVERY}
    assert FROM | PERSONS | set(CROWDS) | set(QUOTING) <= labels
    assert all((CROWDS | QUOTING).values())


def test_no_field_scores_a_person_or_keeps_an_opinion_beside_one() -> None:
    assert opinions(EVERY) == []


def plant(name: str, **fields: "models.Field[Any, Any]") -> Model:
    """Make a model that no migration and no other test knows of."""
    with isolate_apps("massline.desk.people"):
        about = type("Meta", (), {"app_label": "people"})
        return type(name, (models.Model,), {"__module__": __name__, "Meta": about, **fields})


def to(model: Model) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(model, on_delete=models.CASCADE, related_name="+")


PLANTED: dict[str, Callable[[], Model]] = {
    "two keys": lambda: plant("Ballot", vote=to(Vote), account=to(Account)),
    "one to one": lambda: plant(
        "Face",
        participant=models.OneToOneField(Participant, on_delete=models.CASCADE, related_name="+"),
        contact=to(Contact),
    ),
    "many to many": lambda: plant(
        "Petition",
        statements=models.ManyToManyField(Statement, related_name="+"),
        signed=models.ManyToManyField(Contact, related_name="+"),
    ),
    "a name": lambda: plant("Reminder", contact=to(Contact), participant_key=models.CharField(max_length=64)),
    "a list": lambda: plant("Tray", envelope=to(Envelope), statements=models.JSONField(default=list)),
    "two uuids": lambda: plant("Match", vote_uuid=models.UUIDField(), contact_uuid=models.UUIDField()),
    "a cookie": lambda: plant("Visit", account=to(Account), cookie=models.CharField(max_length=64)),
}


@pytest.mark.parametrize("how", PLANTED)
def test_a_planted_path_is_found(how: str) -> None:
    planted = PLANTED[how]()
    assert any(planted.__name__ in way for way in paths([*EVERY, planted]))


def test_a_planted_score_is_found() -> None:
    planted = plant("Leaning", contact=to(Contact), support_score=models.IntegerField())
    assert opinions([*EVERY, planted]) == ["people.Leaning.support_score"]
