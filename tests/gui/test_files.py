"""Every form of training data has a kind of file that the dialog can offer."""

from nbreview.gui.files import ROWS
from nbreview.training.formats import FORMATS


def test_every_form_has_its_kind_of_file() -> None:
    assert {form.suffix for form in FORMATS.values()} == set(ROWS)
