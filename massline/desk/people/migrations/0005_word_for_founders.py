from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0004_small_cell'),
    ]

    operations = [
        migrations.AddField(
            model_name='account',
            name='may_found',
            field=models.BooleanField(default=False, help_text='somebody gave their word: may found one organisation with a public page'),
        ),
    ]
