"""What the page of API operations says, compared with Intercom's own description where that is beside the checkout."""

import re

import pytest

from tests.api.support import SPEC, description
from tests.reference.api import NOT_COVERED, operations

SEED = SPEC.with_name("seed-intercom-skill.txt")
_CALL = re.compile(r"api\.intercom\.io/([^\"\s?]*)")
_NAME = re.compile(r"\{[^}]*\}")
_OTHERWISE = {("PATCH", "/contacts/{}"): ("PUT", "/contacts/{}")}
"""What the description of the API and the seed document do not agree about; ours is the description's."""


def ours() -> set[tuple[str, str]]:
    return {(one.http_method, _NAME.sub("{}", one.path).partition("?")[0]) for one in operations()}


def test_every_method_of_the_client_has_its_line() -> None:
    names = [one.client_method for one in operations()]
    assert len(names) == len(set(names)) > 60
    assert all(one.says.endswith(".") and len(one.says) > 5 for one in operations())


def test_what_triage_does_is_used_by_the_program() -> None:
    used = {one.client_method for one in operations() if one.used_by}
    wanted = {"me", "admins.list", "teams.list", "tags.list", "contacts.get", "events.list_pages"}
    wanted |= {f"conversations.{verb}" for verb in ("get", "reply", "note", "assign", "close", "open", "snooze", "tag")}
    assert wanted <= used
    assert not {one for one in used if one.startswith(("tickets.", "segments."))}


@pytest.mark.skipif(not SPEC.exists(), reason="Intercom's description (openapi-2.14.yaml) is not here")
def test_every_operation_is_one_of_the_description_and_what_is_not_covered_is_named() -> None:
    described = {
        (method.upper(), _NAME.sub("{}", path))
        for path, operations in description()["paths"].items()
        for method, body in operations.items()
        if isinstance(body, dict)
    }
    assert ours() - described == set()
    first = {path.split("/")[1] for _, path in described} - {path.split("/")[1] for _, path in ours()}
    assert sorted(first) == sorted(NOT_COVERED)


@pytest.mark.skipif(not SEED.exists(), reason="the seed document is not here")
def test_every_operation_of_the_seed_document_has_a_method() -> None:
    text = SEED.read_text(encoding="utf-8")
    asked = set()
    for found in _CALL.finditer(text):
        before = text[max(0, found.start() - 200) : found.start()]
        method = re.search(r"-X\s+([A-Z]+)", before[before.rfind("curl") :])
        # ids are left out of the document: nothing stands between two slashes, or after the last
        path = "/" + "/".join(part or "{}" for part in found[1].split("/"))
        asked.add((method[1] if method else "GET", path))
    asked = {_OTHERWISE.get(one, one) for one in asked if one[1] not in ("/{}", "/")}
    assert len(asked) > 15
    # an example that ends in a variable is cut at the slash before it
    cut = {one for one in asked if one[0] == "POST" and one[1] in ("/conversations/{}", "/contacts/{}")}
    assert asked - cut - ours() == set()
