"""Models under the names that the code calls them by; their tables keep theirs."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("call", "0003_urgent_calls_and_debts")]

    operations = [
        migrations.AlterModelTable(name="callversion", table="call_callversion"),
        migrations.RenameModel(old_name="CallVersion", new_name="CallTranslation"),
        migrations.AlterField(
            model_name="calltranslation",
            name="call",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="translations", to="call.call"
            ),
        ),
    ]
