import django.db.models.deletion
import django.utils.timezone
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [('reports', '0003_machine_worded_claims'), ]
    operations = [
        migrations.CreateModel(
            name='PublicAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('question', models.TextField()),
                ('text', models.TextField()),
                ('sources', models.TextField(blank=True, help_text='where one can read it up, one a line')),
                ('language', models.CharField(default='en', max_length=12)),
                ('asked_on', models.DateField()),
                ('answered_on', models.DateField(default=django.utils.timezone.localdate)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='organisations.publicorganisation')),
            ],
            options={
                'ordering': ['-answered_on', '-pk'],
            },
        ),
    ]
