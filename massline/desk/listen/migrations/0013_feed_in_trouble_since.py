from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("listen", "0012_number_set_by_hand")]

    operations = [
        migrations.AddField(model_name="feed", name="in_trouble_since", field=models.DateField(null=True))
    ]
