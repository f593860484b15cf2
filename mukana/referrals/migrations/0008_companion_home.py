from django.db import migrations, models
import django.db.models.deletion


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0001_initial'),
        ('referrals', '0007_found_by'),
    ]

    operations = [
        migrations.AddField(
            model_name='companion',
            name='home',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='organisations.municipality'),
        ),
    ]
