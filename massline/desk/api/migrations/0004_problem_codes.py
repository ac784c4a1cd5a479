"""What was wrong, kept as a sentence in English until now, becomes its code of `feed_troubles`."""

import re

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

CODES = {
    "This feed is faulty XML": "not-well-formed",
    "What came is no feed": "no-feed",
    "What came is nested": "too-deep",
    "What came is a JSON feed": "unreadable-json",
    "What came is a calendar": "unreadable-calendar",
    "This calendar is larger": "calendar-too-large",
    "It sends more than": "too-large",
    "Only addresses": "not-http",
    "This address is in our own network": "private-address",
    "It says that it is gone": "gone",
}


def keep_codes(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    database = schema_editor.connection.alias
    rows = apps.get_model("api", "WebhookDelivery").objects.using(database)
    for sentence in set(rows.exclude(problem="").values_list("problem", flat=True)):
        status = re.match(r"It answered (?:with error )?(\d+)", sentence)
        known = (code for begin, code in CODES.items() if sentence.startswith(begin))
        code = f"error-status {status[1]}" if status else next(known, "no-answer")
        rows.filter(problem=sentence).update(problem=code)


class Migration(migrations.Migration):
    dependencies = [("api", "0003_alarms")]

    operations = [migrations.RunPython(keep_codes, migrations.RunPython.noop)]
