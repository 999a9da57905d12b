"""What a comparison looks at, as checkable acts: each aspect of a notebook, and white space.

Knows the settings and asks for another comparison; knows no panel.
"""

from collections.abc import Callable

from nbreview.diff.options import Aspect
from nbreview.gui.actions import Actions
from nbreview.gui.appearance import Appearance
from nbreview.gui.controller import ReviewController
from nbreview.gui.theme import Theme
from nbreview.services.session import ReviewSession, Topic

WHITESPACE = "compare_whitespace"

ASPECTS = {f"compare_{aspect.value}": aspect for aspect in Aspect if aspect is not Aspect.SOURCES}
"""The act of each aspect. Sources are always compared in the window: they are what it is for."""


class CompareActs:
    """Keeps the acts, the settings and the comparison shown in step."""

    def __init__(
        self, session: ReviewSession, appearance: Appearance, controller: ReviewController, actions: Actions
    ) -> None:
        self._session = session
        self._appearance = appearance
        self._controller = controller
        self._actions = actions

    def handlers(self) -> dict[str, Callable[..., object]]:
        """What each act does when it is checked or unchecked."""

        def of(aspect: Aspect) -> Callable[[bool], None]:
            return lambda compared: self.compare(aspect, compared)

        return {WHITESPACE: self.compare_whitespace, **{act: of(aspect) for act, aspect in ASPECTS.items()}}

    def show(self) -> None:
        """Check the acts as the settings say."""
        settings, actions = self._session.settings, self._actions
        actions[WHITESPACE].setChecked(settings.whitespace)
        for act, aspect in ASPECTS.items():
            actions[act].setChecked(aspect.value not in settings.ignored)

    def set_theme(self, theme: Theme) -> None:
        """There is nothing to paint."""

    def announced(self, topics: frozenset[Topic]) -> None:
        """What is compared is a setting, and no session's."""

    def compare(self, aspect: Aspect, compared: bool) -> None:
        """Compare an aspect from now on, or ignore it."""
        others = [name for name in self._session.settings.ignored if name != aspect.value]
        ignored = others if compared else [*others, aspect.value]
        self._change(ignored=tuple(ignored))

    def compare_whitespace(self, compared: bool) -> None:
        """Compare white space from now on, or ignore it."""
        self._change(whitespace=compared)

    def _change(self, **changes: object) -> None:
        self._appearance.change_settings(**changes)
        self._controller.compare_again()
