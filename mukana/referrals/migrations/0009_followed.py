from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('referrals', '0008_companion_home'),
    ]

    operations = [
        migrations.AddField(
            model_name='referral',
            name='followed',
            field=models.JSONField(default=list),
        ),
    ]
