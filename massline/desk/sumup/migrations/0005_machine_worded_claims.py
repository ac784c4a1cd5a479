import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [('sumup', '0004_looked_at_and_numbers_because'), ]
    operations = [
        migrations.AddField(
            model_name='claim',
            name='machine',
            field=models.CharField(blank=True, help_text='which machine worded it, if one did', max_length=80),
        ),
    ]
