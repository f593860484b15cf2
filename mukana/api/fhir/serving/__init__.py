"""The FHIR addresses: only for systems that have been authorised, only to read."""
