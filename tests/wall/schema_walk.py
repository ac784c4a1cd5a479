"""Walking the schema as somebody with both databases would: along keys, and along names that only look like text.

A walk begins at a vote and goes every way, also backwards. It stops at rows that stand for many people, since from
them no step leads to one, and at rows in which organisers quote public words.
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator

from django.db import models

Model = type[models.Model]
FROM = {"conversations.Vote", "conversations.Statement", "conversations.Participant", "reports.Resonance"}
PERSONS = {"people.Account", "people.Contact", "people.Membership", "envelopes.Envelope", "act.Attendance"}
# Rows that stand for many: whoever comes this far knows the crowd, and nobody in it.
CROWDS = {
    "conversations.Conversation": "everybody who answered one question",
    "conversations.AccessCodeBatch": "everybody who came in by one invitation",
    "conversations.OpinionSnapshot": "an estimate over many",
    "people.Section": "everybody in one block or workplace",
    "reports.Claim": "what many said, in one sentence of the organisation's",
}
# Rows of organisers about words that stand in the open. Who quotes is not who said.
QUOTING = {
    "sumup.Citation": "quotes a statement that is shown",
    "sumup.TakenOut": "remembers which statements a claim quoted",
    "sumup.LeftOut": "remembers which shown statements a sum-up does not quote",
    "sumup.AnsweredQuestion": "answers a question that is shown",
    "sumup.AnalysedQuestion": "remembers for which shown questions an analysis was written",
    "listen.HiddenWords": "remembers a statement as it was before an organiser hid words of it",
    "decide.Demand": "asks the people in a statement of its own",
}
# Names by which a row is meant without a key, beside the name of its model.
CALLED = {"pseudonym": "participant", "asked": "statement", "voter": "participant", "cookie": "participant"}
# Columns called like a row that they do not name: a keyed mark of a browser's cookie is no `decide.Mark`.
NAMES_NO_ROW = {"conversations.Statement.mark"}
TEXT = (models.CharField, models.TextField, models.UUIDField, models.JSONField, models.BinaryField)
OPINIONS = re.compile(
    r"(^|_)(scor|rating|rank|opinion|stance|leaning|mood|sentiment|support|attitude|loyal|trust|vote|politic|"
    r"ideolog|belie|profil|likelihood|propensity)"
)


def steps(of: Iterable[Model]) -> dict[str, set[tuple[str, str]]]:
    """Give for each model where one can go from it in one step, either way, and by which field."""
    every = list(of)
    named = {model._meta.model_name: model for model in every}
    found: dict[str, set[tuple[str, str]]] = {model._meta.label: set() for model in every}
    for model in every:
        for name, other in (*_keys(model), *_names(model, named)):
            found.setdefault(model._meta.label, set()).add((other._meta.label, name))
            found.setdefault(other._meta.label, set()).add((model._meta.label, name))
    return found


def _keys(model: Model) -> Iterator[tuple[str, Model]]:
    for field in (*model._meta.concrete_fields, *model._meta.many_to_many):
        if field.is_relation and isinstance(field.related_model, type):
            yield f"{model._meta.label}.{field.name}", field.related_model


def _names(model: Model, named: dict[str | None, Model]) -> Iterator[tuple[str, Model]]:
    """A text that is called like a row: `statement`, `participant_key`, `votes`, `contact_uuid`."""
    for field in model._meta.concrete_fields:
        if field.is_relation or not isinstance(field, TEXT) or str(field) in NAMES_NO_ROW:
            continue
        for word in field.name.split("_"):
            one = CALLED.get(word, word)
            other = named.get(one) or named.get(one.removesuffix("s"))
            if other is not None and other is not model:
                yield f"{model._meta.label}.{field.name}", other


def paths(of: Iterable[Model]) -> list[str]:
    """Give every way from a vote or a statement to a person, the shortest to each."""
    onward = steps(of)
    found = []
    for start in sorted(FROM & onward.keys()):
        seen, waiting = {start}, deque([(start, start)])
        while waiting:
            here, way = waiting.popleft()
            if here in PERSONS:
                found.append(way)
            elif here == start or here not in CROWDS | QUOTING:
                for there, name in sorted(onward[here]):
                    if there not in seen:
                        seen.add(there)
                        waiting.append((there, f"{way} –{name}→ {there}"))
    return found


def opinions(of: Iterable[Model]) -> list[str]:
    """Give the fields that would keep an opinion or a score beside a person."""
    people = [
        model
        for model in of
        if model._meta.label in PERSONS or PERSONS & {other._meta.label for _name, other in _keys(model)}
        if model._meta.app_label in {"people", "envelopes", "act"}
    ]
    return [
        f"{model._meta.label}.{field.name}"
        for model in people
        for field in model._meta.concrete_fields
        if OPINIONS.search(field.name)
    ]
