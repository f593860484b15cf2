"""Referrals in FHIR R4: as files and, for systems that have been authorised, to read."""
