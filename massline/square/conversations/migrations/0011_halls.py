from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("conversations", "0010_forget_the_order")]

    operations = [
        migrations.AddField(
            model_name="conversation",
            name="is_hall",
            field=models.BooleanField(
                default=False, help_text="a meeting that votes on motions, not a conversation"
            ),
        ),
        migrations.AlterField(
            model_name="statement",
            name="state",
            field=models.CharField(
                choices=[
                    ("held", "waiting"),
                    ("shown", "shown"),
                    ("turned_down", "turned down"),
                    ("closed", "closed"),
                ],
                default="held",
                max_length=12,
            ),
        ),
    ]
