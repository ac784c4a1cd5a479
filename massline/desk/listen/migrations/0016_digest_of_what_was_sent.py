from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("listen", "0015_trouble_codes")]

    operations = [
        migrations.AddField(
            model_name="fieldreport",
            name="sent_digest",
            field=models.CharField(
                blank=True,
                default="",
                help_text="16 bits of what a program sent: enough to notice something else, too few to tell what was said",
                max_length=4,
            ),
        )
    ]
