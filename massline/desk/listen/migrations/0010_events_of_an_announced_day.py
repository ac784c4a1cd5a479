from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("listen", "0009_hidden_words")]

    operations = [
        migrations.AddField(
            model_name="announcement",
            name="events",
            field=models.PositiveIntegerField(
                default=1, help_text="as the watch counts them: five towns are five"
            ),
        ),
    ]
