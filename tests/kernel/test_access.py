"""What a person is told before something of theirs runs."""

import pytest

from nbreview.kernel.access import CONTAINED, UNCONTAINED, Containment, containment_report


def test_without_containment_is_only_what_was_asked_for_by_name() -> None:
    assert Containment.NONE not in CONTAINED.levels
    assert CONTAINED.sentences[-1] == "Where neither is to be had, it does not run."
    assert "with all your rights" in UNCONTAINED.sentences[-1]


@pytest.mark.parametrize(
    ("facts", "level", "words"),
    [
        ({"level": "namespaces", "folders": ["/home/ada"]}, Containment.NAMESPACES, "Writes below /home/ada"),
        ({"level": "landlock", "open_ways": ["UDP", "TCP"]}, Containment.LANDLOCK, "Not held: UDP, TCP."),
        ({"level": "none", "read_only_files": ["/data"]}, Containment.NONE, "/data can only be read."),
        ({"level": "", "notes": ["No namespaces: refused."]}, None, "No namespaces: refused."),
        ({"level": 7, "notes": "text"}, None, "nothing to hold it"),
        ({}, None, "It does not run"),
    ],
)
def test_a_report_says_what_is_really_in_force(
    facts: dict[str, object], level: Containment | None, words: str
) -> None:
    report = containment_report(facts)
    assert report.level is level
    assert words in " ".join(report.sentences)
