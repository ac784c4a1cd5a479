"""Nothing to do forwards: maps stored whole are read as they are. Backwards, each is written whole again."""

import json

from django.db import migrations

from massline.engine.result_documents import canonical_bytes
from massline.engine.opinion.statement_arrays import StatementArrays


def write_whole(apps, schema_editor):
    database = schema_editor.connection.alias
    for name in ("OpinionSnapshot", "LevelTally"):
        rows = apps.get_model("conversations", name).objects.using(database)
        for row in rows.exclude(statements=None):
            document = json.loads(bytes(row.body))
            document["result"]["statements"] = StatementArrays.unpack(bytes(row.statements))
            rows.filter(pk=row.pk).update(body=canonical_bytes(document), statements=None)


class Migration(migrations.Migration):
    dependencies = [("conversations", "0012_statements_apart")]

    operations = [migrations.RunPython(migrations.RunPython.noop, write_whole, elidable=True)]
