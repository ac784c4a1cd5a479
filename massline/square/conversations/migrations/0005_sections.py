from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conversations', '0004_moderation'),
    ]

    operations = [
        migrations.AddField(
            model_name='conversation',
            name='sections',
            field=models.JSONField(blank=True, default=list, help_text='names one may say one belongs to'),
        ),
        migrations.AddField(
            model_name='participant',
            name='asked_section',
            field=models.BooleanField(default=False, help_text='they said it, or would rather not'),
        ),
    ]
