"""What a referral may do and when: state machines, clocks, disclosure, matching.  Pure."""
