"""Pure: what a case, an offer, a visit is in FHIR R4.  Facts in, JSON objects out."""
