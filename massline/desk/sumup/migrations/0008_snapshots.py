import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [('sumup', '0007_masking'), ]
    operations = [
        migrations.CreateModel(
            name='MoodSnapshot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('seen', models.PositiveIntegerField(help_text='how many rows it was made from')),
                ('seen_digest', models.CharField(help_text='of the rows it was made from', max_length=64)),
                ('engine_version', models.CharField(max_length=12)),
                ('seed', models.PositiveIntegerField()),
                ('body', models.BinaryField(help_text='the canonical JSON document of the estimate')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mood_snapshots', to='people.organisation')),
            ],
            options={
                'get_latest_by': 'pk',
            },
        ),
        migrations.CreateModel(
            name='PulseSnapshot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('seen', models.PositiveIntegerField(help_text='how many rows it was made from')),
                ('seen_digest', models.CharField(help_text='of the rows it was made from', max_length=64)),
                ('engine_version', models.CharField(max_length=12)),
                ('seed', models.PositiveIntegerField()),
                ('body', models.BinaryField(help_text='the canonical JSON document of the estimate')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pulse_snapshots', to='people.organisation')),
            ],
            options={
                'get_latest_by': 'pk',
            },
        ),
        migrations.CreateModel(
            name='ThemeSnapshot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('seen', models.PositiveIntegerField(help_text='how many rows it was made from')),
                ('seen_digest', models.CharField(help_text='of the rows it was made from', max_length=64)),
                ('engine_version', models.CharField(max_length=12)),
                ('seed', models.PositiveIntegerField()),
                ('body', models.BinaryField(help_text='the canonical JSON document of the estimate')),
                ('embedder', models.CharField(help_text='what turned words into vectors', max_length=120)),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='theme_snapshots', to='listen.listeninground')),
            ],
            options={
                'get_latest_by': 'pk',
            },
        ),
    ]
