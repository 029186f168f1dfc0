"""The description at /api/openapi.json: of the API alone, and true of whatever is sent to the real app."""

from __future__ import annotations

import json

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.core import NotSet

from ui.api.routes import described
from ui.permissions import PERMISSIONS

SCHEMA = schemathesis.openapi.from_dict(described())
OPERATIONS = {one.ok().definition.raw["operationId"]: one.ok() for one in SCHEMA.get_all_operations()}
EVERYDAY = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
LONG = settings(EVERYDAY, max_examples=400)


def test_the_description_holds_every_route_of_the_api_and_no_page(mette):
    told = mette.get("/api/openapi.json").json()
    named = {one["operationId"] for operations in told["paths"].values() for one in operations.values()}
    assert named == {name for name in PERMISSIONS if name.startswith("api_")} - {"api_description"}
    assert all(path.startswith("/api/") for path in told["paths"])
    assert "http" not in str(told["components"]["schemas"])
    both = [{"APIKeyCookie": [], "APIKeyHeader": []}]
    assert told["paths"]["/api/cases/{case_type}/{case_id}/decision"]["post"]["security"] == both


def written(body: object) -> bytes:
    """A body as it is sent; one that is no JSON at all as it is."""
    if isinstance(body, bytes):
        return body
    return b"" if isinstance(body, NotSet) else json.dumps(body).encode()


def holds(mette, case, address: str) -> None:
    """One made-up request about a case of one's own: answered as described, and never with a fault of ours."""
    path = case.path.replace("/api/cases/{case_type}/{case_id}", address)
    headers = {"x-stafet-token": mette.token, "content-type": "application/json"}
    content = written(case.body) if case.method == "POST" else None
    answer = mette.client.request(case.method, path, params=case.query or None, headers=headers, content=content)
    assert str(answer.status_code) in case.operation.definition.raw["responses"], answer.text
    assert (answer.status_code < 400) == (answer.headers["content-type"] == "application/json")
    case.operation.validate_response(answer)


@pytest.mark.parametrize("name", sorted(OPERATIONS))
@pytest.mark.parametrize("how", [EVERYDAY, pytest.param(LONG, marks=pytest.mark.long)], ids=["few", "many"])
@pytest.mark.parametrize("kind", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["fitting", "strange"])
def test_whatever_is_sent_is_answered_as_described(mette, plain, name, how, kind):
    answered = []

    @how
    @given(st.data())
    def sent(data) -> None:
        holds(mette, data.draw(OPERATIONS[name].as_strategy(generation_mode=kind)), plain)
        answered.append(name)

    sent()
    assert answered, "something was sent"
