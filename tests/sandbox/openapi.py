"""Intercom's own description of its API, as a check of answers and requests; absent on most machines."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator

SPEC = Path(__file__).resolve().parents[3] / "shared" / "intercom" / "openapi-2.14.yaml"
ABSENT = f"Intercom's description is not at {SPEC.parent.name}/{SPEC.name} beside the repository"

Node = dict[str, Any]

# Where the description contradicts itself: (method, path, the answer's "type") -> the schema that is meant.
EXCEPTIONS: dict[tuple[str, str, str], str] = {
    # Events are said to come as a summary always; its own parameter `summary` and schema `data_event_list` know better.
    ("GET", "/events", "event.list"): "data_event_list",
}


def convert(node: Any) -> Any:
    """OpenAPI 3.0 as JSON Schema: ``nullable`` becomes a type of its own, examples and formats fall away."""
    if isinstance(node, list):
        return [convert(item) for item in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:  # siblings of a reference would be ignored by the letter; the description means them
        reference: Node = {"$ref": "#/components/schemas/" + node["$ref"].rpartition("/")[2]}
        return {"anyOf": [reference, {"type": "null"}]} if node.get("nullable") else reference
    made: Node = {}
    for key, value in node.items():
        if key in ("example", "examples", "description", "title", "format", "nullable", "discriminator", "deprecated"):
            continue
        if key == "properties":
            made[key] = {name: convert(schema) for name, schema in value.items()}
        elif key in ("items", "additionalProperties", "allOf", "anyOf", "oneOf"):
            made[key] = convert(value)
        else:
            made[key] = value
    if "oneOf" in made:  # its branches overlap: integers are dates, and one conversation request is like another
        made["anyOf"] = made.pop("oneOf")
    if node.get("nullable"):
        if isinstance(made.get("enum"), list) and None not in made["enum"]:
            made["enum"] = [*made["enum"], None]
        return {"anyOf": [made, {"type": "null"}]}
    return made


class Description:
    """The operations of the description, by method and path."""

    def __init__(self, document: Node) -> None:
        self.document = document
        self.schemas = {name: convert(schema) for name, schema in document["components"]["schemas"].items()}
        self.operations: list[tuple[str, re.Pattern[str], str, Node]] = []
        for path, item in document["paths"].items():
            pattern = re.compile(re.sub(r"\{[^}]+\}", "[^/]+", path) + "$")
            for method, operation in item.items():
                if isinstance(operation, dict) and "responses" in operation:
                    self.operations.append((method.upper(), pattern, path, operation))
        self.operations.sort(key=lambda entry: entry[2].count("{"))  # /contacts/search before /contacts/{id}

    def find(self, method: str, path: str) -> tuple[str, Node] | None:
        """The path template and operation of a request."""
        for known, pattern, template, operation in self.operations:
            if known == method and pattern.match(path):
                return template, operation
        return None

    def wrong_answer(self, method: str, path: str, status: int, body: Any) -> list[str]:
        """What is wrong with an answer; nothing for operations and statuses that are not described."""
        found = self.find(method, path)
        if found is None:
            return []
        responses = found[1]["responses"]
        answer = responses.get(str(status)) or (responses.get("200") if status < 300 else None)
        if answer is None:
            schema: Any = {"$ref": "#/components/schemas/error"}
        else:
            schema = answer.get("content", {}).get("application/json", {}).get("schema")
        meant = EXCEPTIONS.get((method, found[0], body.get("type", "") if isinstance(body, dict) else ""))
        if meant is not None:
            schema = {"$ref": f"#/components/schemas/{meant}"}
        return self._errors(schema, body, f"{method} {found[0]} {status}")

    def wrong_request(self, method: str, path: str, body: Any) -> list[str]:
        """What is wrong with a request's body."""
        found = self.find(method, path)
        if found is None:
            return [f"{method} {path} is not described"]
        content = found[1].get("requestBody", {}).get("content", {})
        schema = content.get("application/json", {}).get("schema")
        return self._errors(schema, body, f"{method} {found[0]}")

    def _errors(self, schema: Any, body: Any, where: str) -> list[str]:
        if not schema:
            return []
        root = {**convert(schema), "components": {"schemas": self.schemas}}
        wrong = Draft202012Validator(root).iter_errors(body)
        return [f"{where}: {error.json_path}: {error.message[:300]}" for error in wrong]


@cache
def description() -> Description | None:
    """The description, None where it is not there."""
    if not SPEC.exists():
        return None
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return Description(yaml.load(SPEC.read_text(encoding="utf-8"), Loader=loader))
