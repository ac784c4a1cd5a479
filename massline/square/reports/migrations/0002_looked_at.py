import django.db.models.deletion
import django.utils.timezone
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('organisations', '0001_initial'),
        ('reports', '0001_initial'),
    ]
    operations = [
        migrations.AddField(
            model_name='reportback',
            name='looked_at',
            field=models.TextField(blank=True, help_text='where another view was looked for and none found'),
        ),
    ]
