"""Models under the names that the code calls them by; their tables keep theirs."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("programmes", "0002_plan_behind_it")]

    operations = [
        migrations.AlterModelTable(name="notice", table="programmes_notice"),
        migrations.RenameModel(old_name="Notice", new_name="AidPost"),
    ]
