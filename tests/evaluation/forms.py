"""The form of reports as its schema says it."""

from typing import Any

import orjson

from nbreview.paths import resource


def check_form(value: Any) -> None:
    """Raises when a report is not of the form that all evaluations share."""
    import jsonschema

    schema = orjson.loads(resource("schemas", "report.schema.json").read_bytes())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(value, schema, jsonschema.Draft202012Validator)
    measured = {(each["name"], each["series"]) for each in value["measures"]}
    assert len(measured) == len(value["measures"])
    named = [(each["id"], each["series"]) for each in value["items"]]
    assert len(set(named)) == len(named)
    for each in value["measures"]:
        if each["low"] is not None and each["value"] is not None:
            assert each["low"] - 1e-9 <= each["value"] <= each["high"] + 1e-9
