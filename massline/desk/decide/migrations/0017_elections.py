"""Elections between several options, and piles of paper ballots that wait for their count."""

import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("decide", "0016_stances_judged_anew"),
        ("people", "0010_house_face"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Election",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "uuid",
                    models.UUIDField(
                        default=uuid.uuid4, help_text="also its name on the square", unique=True
                    ),
                ),
                ("title", models.CharField(max_length=120)),
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
                        default="approval",
                        max_length=16,
                    ),
                ),
                ("seats", models.PositiveIntegerField(default=1)),
                ("options", models.JSONField(default=list)),
                (
                    "opens_at",
                    models.DateTimeField(blank=True, help_text="null: as soon as it is published", null=True),
                ),
                ("closes_at", models.DateTimeField()),
                ("may_close_early", models.BooleanField(default=False)),
                ("has_paper", models.BooleanField(default=False)),
                ("made_on", models.DateField(default=django.utils.timezone.localdate)),
                ("published_on", models.DateField(blank=True, null=True)),
                ("withdrawn_on", models.DateField(blank=True, null=True)),
                ("counted_on", models.DateField(blank=True, null=True)),
                ("winners", models.JSONField(blank=True, default=list)),
                (
                    "decision",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="elections",
                        to="decide.decision",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="elections",
                        to="people.organisation",
                    ),
                ),
                (
                    "put_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-made_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="PaperBatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("typed", models.JSONField(default=list)),
                ("again", models.JSONField(blank=True, null=True)),
                (
                    "election",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="batches",
                        to="decide.election",
                    ),
                ),
                (
                    "typed_again_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "typed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
    ]
