"""Models under the names that the code calls them by; their tables keep theirs."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("decide", "0014_moves_between_forces")]

    operations = [
        migrations.AlterModelTable(name="hall", table="decide_hall"),
        migrations.RenameModel(old_name="Hall", new_name="PhoneVoteHall"),
    ]
