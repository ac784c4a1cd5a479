"""Models under the names that the code calls them by; their tables keep theirs."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("listen", "0012_number_set_by_hand")]

    operations = [
        migrations.AlterModelTable(name="translation", table="listen_translation"),
        migrations.RenameModel(old_name="Translation", new_name="VoiceTranslation"),
    ]
