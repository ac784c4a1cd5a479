"""Models under the names that the code calls them by; their tables keep theirs."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("calls", "0003_debts")]

    operations = [
        migrations.AlterModelTable(name="publishedversion", table="calls_publishedversion"),
        migrations.RenameModel(old_name="PublishedVersion", new_name="PublishedTranslation"),
        migrations.AlterField(
            model_name="publishedtranslation",
            name="call",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="translations", to="calls.publishedcall"
            ),
        ),
    ]
