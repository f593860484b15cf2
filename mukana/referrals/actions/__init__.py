"""One function per thing a person does to a referral."""
