"""Why there is no answer, as FHIR says it."""

from __future__ import annotations

from mukana.api.fhir.mapping.parts import Json


class FhirRefused(Exception):
    """`status` of HTTP, `code` of FHIR's issue types, and a sentence."""

    def __init__(self, status: int, code: str, words: str) -> None:
        super().__init__(words)
        self.status = status
        self.code = code
        self.words = words


def outcome(code: str, words: str) -> Json:
    """A refusal as a resource."""
    return {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": code, "diagnostics": words}]}
