"""Call an invitation or a stack of codes an access code batch; the table keeps its name."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("conversations", "0007_robustness")]

    operations = [
        migrations.AlterModelTable(name="way", table="conversations_way"),
        migrations.RenameModel(old_name="Way", new_name="AccessCodeBatch"),
    ]
