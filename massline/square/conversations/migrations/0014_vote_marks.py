import django.db.models.deletion
from django.db import migrations, models

import massline.square.conversations.voting.change_marks


class Migration(migrations.Migration):
    dependencies = [("conversations", "0013_whole_documents")]

    operations = [
        migrations.CreateModel(
            "VoteMarks",
            [
                (
                    "conversation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="vote_marks",
                        serialize=False,
                        to="conversations.conversation",
                    ),
                ),
                (
                    "marks",
                    models.BinaryField(default=massline.square.conversations.voting.change_marks.fresh_marks),
                ),
            ],
        ),
    ]
