from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('announcements', '0001_announcements'),
    ]

    operations = [
        migrations.AlterField(
            model_name='notice',
            name='token_hash',
            field=models.CharField(db_index=True, help_text='of the link that ends these messages; people who share one message share its link', max_length=64),
        ),
    ]
