from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("act", "0002_attendance_envelope")]

    operations = [
        migrations.AddField(
            model_name="attendance",
            name="offers",
            field=models.CharField(
                blank=True, help_text="what they offered to do, for this event", max_length=120
            ),
        ),
    ]
