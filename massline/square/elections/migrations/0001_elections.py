"""Elections on the square, and their ballots until they are counted."""

import django.db.models.deletion
import django.utils.timezone
import massline.core.random_primary_keys
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("conversations", "0017_hidden_words"),
    ]

    operations = [
        migrations.CreateModel(
            name="PublishedElection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("decides", models.TextField(help_text="what follows from the result", max_length=600)),
                ("who", models.CharField(help_text="who may vote, in words", max_length=160)),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("approval", "Approval: tick everyone you accept; most ticks win"),
                            (
                                "instant-runoff",
                                "Instant run-off: rank; the last drops out until one has half",
                            ),
                            (
                                "schulze",
                                "Schulze: rank; whoever beats every other option, one against one, wins",
                            ),
                            ("stv", "Single transferable vote: rank; seats go to groups in proportion"),
                            ("equal-shares", "Equal shares: tick; seats go to groups in proportion"),
                        ],
                        max_length=16,
                    ),
                ),
                ("seats", models.PositiveIntegerField(default=1)),
                ("options", models.JSONField(default=list)),
                (
                    "may_close_early",
                    models.BooleanField(default=False, help_text="the chair may close when all have voted"),
                ),
                ("has_paper", models.BooleanField(default=False, help_text="paper ballots are counted in")),
                ("counted_on", models.DateField(blank=True, null=True)),
                ("winners", models.JSONField(blank=True, default=list)),
                ("unfilled", models.PositiveIntegerField(default=0)),
                (
                    "entitled",
                    models.PositiveIntegerField(blank=True, help_text="how many could vote", null=True),
                ),
                (
                    "on_paper",
                    models.PositiveIntegerField(blank=True, help_text="null where it is not told", null=True),
                ),
                (
                    "by_phone",
                    models.PositiveIntegerField(blank=True, help_text="null where it is not told", null=True),
                ),
                (
                    "document",
                    models.JSONField(
                        blank=True, help_text="the count, where enough voted: massline.election/1", null=True
                    ),
                ),
                (
                    "ballots_file",
                    models.TextField(blank=True, help_text="merged anonymous ballots as CSV, to count again"),
                ),
                (
                    "page",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="election",
                        to="conversations.conversation",
                    ),
                ),
            ],
            options={
                "ordering": ["-page__opens_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Ballot",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=massline.core.random_primary_keys.random_primary_key,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("ranks", models.JSONField(default=list)),
                ("cast_on", models.DateField(default=django.utils.timezone.localdate)),
                (
                    "participant",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ballot",
                        to="conversations.participant",
                    ),
                ),
                (
                    "election",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ballots",
                        to="elections.publishedelection",
                    ),
                ),
            ],
        ),
    ]
