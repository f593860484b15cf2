"""Words of referrals in templates."""
