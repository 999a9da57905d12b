"""The schema of the settings says enough to offer each of them, and reads only what fits it."""

import dataclasses
from pathlib import Path

import pytest

from nbreview import settings
from nbreview.settings import SECTIONS, Settings


def test_every_setting_has_a_label_a_section_and_bounds_where_it_is_a_number() -> None:
    for item in dataclasses.fields(Settings):
        assert item.metadata["label"], item.name
        assert item.metadata["section"] in SECTIONS, item.name
        if isinstance(item.default, int | float) and not isinstance(item.default, bool):
            assert item.metadata["minimum"] <= item.default <= item.metadata["maximum"], item.name
        if item.metadata.get("choices"):
            assert item.default in item.metadata["choices"], item.name


def test_what_is_saved_is_read_again(tmp_path: Path) -> None:
    chosen = Settings(theme="dark", ignored=("ids",), table_tolerance=0.25, high_contrast=True)
    settings.save(chosen, tmp_path / "deep" / "settings.json")
    assert settings.load(tmp_path / "deep" / "settings.json") == chosen
    assert settings.load(tmp_path / "none.json") == Settings()


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"theme": "sepia"}, "must be one of system, light, dark"),
        ({"code_font_size": 400}, "must lie between 6 and 40"),
        ({"whitespace": 1}, "must be of the kind of True"),
        ({"ignored": "ids"}, "must be a list of texts"),
    ],
)
def test_a_value_that_does_not_fit_is_named(values: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        settings.parse(values)


def test_a_key_of_a_newer_version_is_passed_over() -> None:
    assert settings.parse({"of_tomorrow": 1, "seed": 3}) == Settings(seed=3)
