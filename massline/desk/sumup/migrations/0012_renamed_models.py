"""Models under the names that the code calls them by; their tables keep theirs."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("sumup", "0011_analyses_and_answers_about_events")]

    operations = [
        migrations.AlterModelTable(name="exposure", table="sumup_exposure"),
        migrations.RenameModel(old_name="Exposure", new_name="Analysis"),
        migrations.AlterModelTable(name="exposedquestion", table="sumup_exposedquestion"),
        migrations.RenameModel(old_name="ExposedQuestion", new_name="AnalysedQuestion"),
    ]
