"""What FHIR is held against: `fhir.resources` (R4B) and, where it has been fetched (`make fhirschema`), HL7's R4 JSON schema."""

from __future__ import annotations

import json
import os
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from pydantic import ValidationError

SCHEMA = Path(os.environ.get("MUKANA_FHIR_SCHEMA", "") or Path(__file__).parents[3] / ".venv" / "fhir" / "fhir.schema.json")


def wrong_by_library(resource: dict[str, Any]) -> list[str]:
    """What `fhir.resources` says is wrong: required values, formats, time zones."""
    kind = resource["resourceType"]
    model = getattr(import_module(f"fhir.resources.R4B.{kind.lower()}"), kind)
    try:
        model.model_validate(resource)
    except ValidationError as error:
        return [f"{kind}: {problem['loc']} {problem['msg']}" for problem in error.errors()]
    return []


def wrong_by_schema(resource: dict[str, Any]) -> list[str]:
    """What HL7's schema says is wrong: unknown names, codes outside their vocabulary."""
    kind = resource["resourceType"]
    return [f"{kind}: {'/'.join(map(str, error.instance_path))} {error.message[:200]}" for error in validator(kind).iter_errors(resource)]


@lru_cache(maxsize=32)
def validator(kind: str) -> Any:
    """The schema of one resource type: only the definitions that it needs."""
    everything = definitions()
    needed, waiting = {"ResourceList": {}}, [kind]
    while waiting:
        name = waiting.pop()
        if name not in needed:
            needed[name] = everything[name]
            waiting += refs(everything[name])
    return jsonschema_rs.Draft6Validator({"$ref": f"#/definitions/{kind}", "definitions": needed})


@lru_cache(maxsize=1)
def definitions() -> dict[str, Any]:
    """HL7's definitions; the test is skipped where nobody has fetched them."""
    if not SCHEMA.exists():
        pytest.skip("the R4 JSON schema is not here: make fhirschema")
    found: dict[str, Any] = json.loads(SCHEMA.read_text(encoding="utf-8"))["definitions"]
    return found


def refs(node: Any) -> list[str]:
    """The definitions that a part of the schema points to."""
    if isinstance(node, list):
        return [name for one in node for name in refs(one)]
    if not isinstance(node, dict):
        return []
    here = [str(node["$ref"]).rpartition("/")[2]] if "$ref" in node else []
    return here + [name for one in node.values() for name in refs(one)]
