"""Take from what is stored already what said in which order and when people answered.

Participants and votes get random numbers, and of each conversation's maps the newest is kept, by its day. What it shows
is the first edition.
"""

import json
import secrets
from collections import Counter, defaultdict

from django.db import migrations
from django.utils import timezone

RANDOM = {
    "sqlite": "abs(random()) % 9007199254740990 + 1",
    "postgresql": "floor(random() * 9007199254740990)::bigint + 1",
}


def renumber(apps, schema_editor):
    Participant = apps.get_model("conversations", "Participant")
    people = list(Participant.objects.using(schema_editor.connection.alias).values_list("pk", flat=True))
    secrets.SystemRandom().shuffle(people)
    pairs = [(secrets.randbelow(2**53 - 1) + 1, person) for person in people]
    with schema_editor.connection.cursor() as cursor:
        for table, column in (
            ("conversations_participant", "id"),
            ("conversations_vote", "participant_id"),
            ("conversations_statement", "author_id"),
        ):
            cursor.executemany(f"UPDATE {table} SET {column} = %s WHERE {column} = %s", pairs)
        cursor.execute(f"UPDATE conversations_vote SET id = {RANDOM[schema_editor.connection.vendor]}")


def keep_the_newest_map(apps, schema_editor):
    database = schema_editor.connection.alias
    Vote, Conversation, OpinionSnapshot = (
        apps.get_model("conversations", name) for name in ("Vote", "Conversation", "OpinionSnapshot")
    )
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "UPDATE conversations_vote SET shown_value = value, shown_level = ("
            "SELECT level FROM conversations_participant WHERE id = participant_id)"
        )
    aside = Vote.objects.using(database).filter(participant__way__set_aside__gt="")
    aside.update(shown_value=None, shown_level="")
    for conversation in Conversation.objects.using(database).all():
        maps = OpinionSnapshot.objects.using(database).filter(conversation=conversation)
        newest = maps.order_by("-pk").first()
        if newest is None:
            continue
        maps.exclude(pk=newest.pk).delete()
        newest.made_at = timezone.localtime(newest.made_at).replace(hour=0, minute=0, second=0, microsecond=0)
        shown = Vote.objects.using(database).filter(
            statement__conversation=conversation, statement__state="shown", shown_value__isnull=False
        )
        people = shown.filter(participant__way__level="invited").values_list("participant__way", "participant")
        newest.ways = {str(way): n for way, n in Counter(way for way, _ in people.distinct()).items()}
        apart = apps.get_model("conversations", "LevelTally").objects.using(database).filter(snapshot=newest)
        bodies = {newest.level: newest.body, **dict(apart.values_list("level", "body"))}
        newest.sections = _sections(conversation, bodies, shown)
        newest.save(using=database)


def _sections(conversation, bodies, shown):
    """The counts behind the sections that are shown, so that the next edition changes them by enough people."""
    if not conversation.sections:
        return {}
    names = [*conversation.sections, ""]
    counts = defaultdict(lambda: {name: [0, 0] for name in names})
    rows = shown.values_list("shown_level", "statement__number", "participant__section", "shown_value")
    for level, number, section, value in rows:
        cell = counts[level, number][section if section in names else ""]
        cell[0] += 1
        cell[1] += value == 1
    found = {}
    for level, body in bodies.items():
        for row in json.loads(bytes(body))["result"]["statements"]:
            if (level, row["id"]) in counts:
                told = {"counts": counts[level, row["id"]], "cells": row.get("said_section", [])}
                found.setdefault(level, {})[str(row["id"])] = told
    return found


def forget_hours_of_jobs(apps, schema_editor):
    database = schema_editor.connection.alias
    Job = apps.get_model("jobs", "Job")
    for job in Job.objects.using(database).all():
        job.made_at = timezone.localtime(job.made_at).replace(hour=0, minute=0, second=0, microsecond=0)
        job.save(using=database, update_fields=["made_at"])


class Migration(migrations.Migration):
    dependencies = [("conversations", "0009_unordered_and_editions"), ("jobs", "0002_made_on_a_day")]

    operations = [
        migrations.RunPython(renumber, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(keep_the_newest_map, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(forget_hours_of_jobs, migrations.RunPython.noop, elidable=True),
    ]
