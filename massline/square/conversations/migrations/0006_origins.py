import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conversations', '0005_sections'),
    ]

    operations = [
        migrations.CreateModel(
            name='Origin',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('numbers', models.JSONField(default=dict, help_text='what a sentence is numbered there, and here')),
                ('ranges', models.JSONField(default=list, help_text='[first, last, added]: who is counted from where to where')),
                ('conversation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='origins', to='conversations.conversation')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
    ]
