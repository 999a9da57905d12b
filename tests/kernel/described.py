"""Real objects described by the probe that a kernel answers with, without a kernel."""

import json
from dataclasses import asdict, replace
from typing import Any

from nbreview.kernel.probe_answer import answer
from nbreview.kernel.snapshot import DEFAULT

_PATIENT = replace(DEFAULT, seconds=30.0, name_seconds=20.0, samples_seconds=30.0, sample_seconds=20.0)


def describe(value: object) -> dict[str, Any]:
    """What a snapshot says of a value, as JSON types."""
    asked = {"all": False, "roots": ["value"], "attributes": [], "limits": {**asdict(_PATIENT), "bins": 0}}
    found: dict[str, Any] = json.loads(json.dumps(answer({"value": value}, asked)["names"]["value"]))
    return found
