"""What loading each model would take, planned from its header alone."""

from pathlib import Path

from nbreview.services.models import survey_models


def test_a_small_model_says_what_it_takes(tiny_model: Path) -> None:
    found = next(
        model for model in survey_models([tiny_model.parent], 2048) if model.file.path == tiny_model.resolve()
    )
    assert found.need_bytes > found.file.size
    assert found.fits
