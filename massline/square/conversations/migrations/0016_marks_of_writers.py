"""A sentence bears a mark of its writer's cookie in place of the participant whose answers could be read with it.

Sentences that were brought in from elsewhere keep their author, as the file named them. Of the others each author gets
a random mark, since their cookie is not known here: what one person wrote stays together, and leads to no answer.
"""

import secrets

from django.db import migrations, models


def forget_authors(apps, schema_editor):
    Statement = apps.get_model("conversations", "Statement")
    ours = Statement.objects.using(schema_editor.connection.alias).exclude(author=None)
    ours = ours.exclude(author__level="imported")
    for author in set(ours.order_by().values_list("author", flat=True)):
        ours.filter(author=author).update(mark=secrets.token_hex(20), author=None)


class Migration(migrations.Migration):
    dependencies = [("conversations", "0015_days_set_aside")]

    operations = [
        migrations.AddField(
            "statement",
            "mark",
            models.CharField(
                blank=True,
                default="",
                help_text="a keyed hash of the writer's cookie; no answer bears it",
                max_length=40,
            ),
        ),
        migrations.AlterField(
            "statement",
            "author",
            models.ForeignKey(
                blank=True,
                help_text="where it was brought in from elsewhere; who wrote here is told by the mark to their browser alone",
                null=True,
                on_delete=models.deletion.SET_NULL,
                related_name="statements",
                to="conversations.participant",
            ),
        ),
        migrations.RunPython(forget_authors, migrations.RunPython.noop, elidable=True),
    ]
