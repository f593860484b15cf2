from django.db import migrations, models

KINDS = (
    "ring_receiver", "act_on_decline", "ring_resident", "talk", "post_letter", "find_companion", "check_mark",
    "deletion_confirmed", "offer_alternative", "still_wanted", "ask_number", "confirm_error", "company_word",
    "decide_area", "tell_referrer",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("referrals", "0010_dated")]

    operations = [
        migrations.RemoveConstraint(model_name="errand", name="errand_kind_known"),
        migrations.AddConstraint(
            model_name="errand", constraint=models.CheckConstraint(condition=models.Q(kind__in=KINDS), name="errand_kind_known")
        ),
    ]
