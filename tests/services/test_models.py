"""What loading each model would take, planned from its header alone."""

from pathlib import Path

from nbreview.gui.side_windows import _takes
from nbreview.services.models import survey_models


def test_a_small_model_says_what_it_takes_in_a_unit_that_fits(tiny_model: Path) -> None:
    found = next(
        model for model in survey_models([tiny_model.parent], 2048) if model.file.path == tiny_model.resolve()
    )
    assert found.need_bytes > found.file.size
    assert found.fits
    assert not _takes(found).startswith("0.0")
