"""What can be wrong with how a window is laid out, found by looking at its widgets: text that is cut off,
widgets that lie on each other or outside of what holds them, and ones that a keyboard or a screen reader
cannot reach.
"""

import re
from collections.abc import Iterator

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLayout,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollBar,
    QSizeGrip,
    QSplitterHandle,
    QStackedLayout,
    QStackedWidget,
    QTabBar,
    QTextEdit,
    QToolButton,
    QWidget,
)

SLACK = 1
"""Pixels that rounding may cost."""

INTERACTIVE = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
)


def faults(window: QWidget) -> list[str]:
    """Everything that is wrong with a window that is shown, a line each."""
    shown = [window, *(child for child in window.findChildren(QWidget) if child.isVisibleTo(window))]
    found: list[str] = []
    for widget in shown:
        if _is_inner(widget):
            continue
        found += clipped(widget)
        if widget is not window:
            found += outside(widget)
        found += overlapping(widget)
        found += unnamed(widget)
    found += unreachable(window, shown)
    return found


def path_of(widget: QWidget) -> str:
    """Where a widget is, for a person who has to mend it."""
    names: list[str] = []
    at: QWidget | None = widget
    while at is not None and len(names) < 4:
        text = at.text() if isinstance(at, QAbstractButton | QLabel) else ""
        words = at.objectName() or at.accessibleName() or text
        names.append(f"{type(at).__name__}({words[:40]!r})" if words else type(at).__name__)
        at = at.parentWidget()
    return " < ".join(names)


def clipped(widget: QWidget) -> Iterator[str]:
    """Text that needs more room than its widget has. What is elided says so with "…" and tells the whole in
    its tooltip or description.
    """
    if isinstance(widget, QLabel) and widget.text() and not widget.pixmap().width():
        yield from _label(widget)
    elif isinstance(widget, QPushButton | QCheckBox | QRadioButton | QToolButton) and widget.text():
        need, has = _text_size(widget), widget.size()
        if not isinstance(widget, QToolButton):  # whose frame may give way to its sign
            need = need.expandedTo(widget.minimumSizeHint())
        if need.width() > has.width() + SLACK or need.height() > has.height() + SLACK:
            yield f"clipped: {path_of(widget)} needs {need.toTuple()}, has {has.toTuple()}"
    elif isinstance(widget, QLineEdit | QComboBox | QAbstractSpinBox):
        if widget.height() + SLACK < widget.fontMetrics().height():
            letters = widget.fontMetrics().height()
            yield f"clipped: {path_of(widget)} is {widget.height()} high, its letters {letters}"
    elif isinstance(widget, QTabBar):
        for place in range(widget.count()):
            area = widget.tabRect(place)
            need_w = widget.fontMetrics().horizontalAdvance(widget.tabText(place).replace("&", ""))
            elided = widget.elideMode() != Qt.TextElideMode.ElideNone and widget.tabToolTip(place)
            if widget.isTabVisible(place) and need_w > area.width() + SLACK and not elided:
                yield f"clipped: tab {widget.tabText(place)!r} of {path_of(widget)}"
    elif isinstance(widget, QHeaderView) and widget.orientation() == Qt.Orientation.Horizontal:
        yield from _header(widget)


def _label(label: QLabel) -> Iterator[str]:
    area = label.contentsRect()
    margin = 2 * label.margin()
    if label.textFormat() == Qt.TextFormat.RichText or (
        label.textFormat() == Qt.TextFormat.AutoText and re.search(r"<[a-z]+[ >]", label.text())
    ):
        document = QTextDocument()
        document.setDefaultFont(label.font())
        document.setDocumentMargin(0)
        document.setHtml(label.text())
        if label.wordWrap():
            document.setTextWidth(area.width() - margin)
        need = document.size().toSize()
    else:
        flags = Qt.TextFlag.TextWordWrap if label.wordWrap() else Qt.TextFlag.TextSingleLine
        if "\n" in label.text() and not label.wordWrap():
            flags = Qt.TextFlag.TextExpandTabs
        bounds = QRect(0, 0, max(area.width() - margin, 1), 1_000_000)
        text = _shown(label.text()) if label.buddy() is not None else label.text()
        need = label.fontMetrics().boundingRect(bounds, flags, text).size()
    if "…" in label.text() and _tells_more(label):
        return
    if need.width() > area.width() - margin + SLACK or need.height() > area.height() - margin + SLACK:
        yield f"clipped: {path_of(label)} needs {need.toTuple()}, has {area.size().toTuple()}"


def _text_size(button: QAbstractButton) -> QSize:
    return button.fontMetrics().size(0, _shown(button.text()))


def _shown(text: str) -> str:
    """Words without the "&" of their keys."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


def _header(header: QHeaderView) -> Iterator[str]:
    model = header.model()
    if model is None:
        return
    for section in range(header.count()):
        if header.isSectionHidden(section):
            continue
        text = str(model.headerData(section, Qt.Orientation.Horizontal) or "")
        need, has = header.fontMetrics().horizontalAdvance(text), header.sectionSize(section)
        tip = model.headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
        if need > has and not tip:
            yield f"clipped: column {text!r} of {path_of(header)} needs {need}, has {has}"


def _tells_more(widget: QWidget) -> bool:
    return bool(widget.toolTip() or widget.accessibleDescription())


def outside(widget: QWidget) -> Iterator[str]:
    """A widget that its parent cuts off."""
    parent = widget.parentWidget()
    if parent is None or widget.isWindow() or _scrolls(parent) or widget.visibleRegion().isEmpty():
        return
    if isinstance(parent, QMainWindow | QStackedWidget) or widget.size().isEmpty():
        return
    if not parent.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(widget.geometry()):
        yield f"outside: {path_of(widget)} at {widget.geometry().getRect()}, parent {parent.rect().getRect()}"


def overlapping(parent: QWidget) -> Iterator[str]:
    """Two children that lie on each other, of which none is meant to float."""
    layout = parent.layout()
    if layout is None:
        return
    # Only what a layout places has a place of its own: what floats is meant to,
    # and pages lie on each other.
    layouts = [
        each for each in (layout, *layout.findChildren(QLayout)) if not isinstance(each, QStackedLayout)
    ]
    placed = [
        child
        for child in parent.children()
        if isinstance(child, QWidget)
        and child.isVisibleTo(parent)
        and not child.size().isEmpty()
        and any(each.indexOf(child) >= 0 for each in layouts)
    ]
    for number, first in enumerate(placed):
        for second in placed[number + 1 :]:
            common = first.geometry().intersected(second.geometry())
            if common.width() > SLACK and common.height() > SLACK:
                yield f"overlap: {path_of(first)} and {path_of(second)} by {common.size().toTuple()}"


def unnamed(widget: QWidget) -> Iterator[str]:
    """A widget that acts and has no name that a screen reader could say."""
    if not isinstance(widget, INTERACTIVE) or isinstance(widget, QHeaderView):
        return
    spoken = QAccessible.queryAccessibleInterface(widget)
    if spoken is None or not spoken.text(QAccessible.Text.Name).strip():
        yield f"unnamed: {path_of(widget)}"


def unreachable(window: QWidget, shown: list[QWidget]) -> Iterator[str]:
    """Widgets that act, and that Tab does not reach."""
    reached: set[QWidget] = set()
    at: QWidget | None = window.nextInFocusChain()
    while at is not None and at not in reached:
        reached.add(at)
        at = at.nextInFocusChain()
    for widget in shown:
        if (
            not isinstance(widget, INTERACTIVE)
            or isinstance(widget, QHeaderView | QTabBar)
            or _is_inner(widget)
        ):
            continue
        if not widget.isEnabled() or (isinstance(widget, QAbstractButton) and _otherwise_pressed(widget)):
            continue
        proxy = widget.focusProxy() or widget
        if not proxy.focusPolicy() & Qt.FocusPolicy.TabFocus or proxy not in reached:
            yield f"no tab: {path_of(widget)}"


def _otherwise_pressed(button: QAbstractButton) -> bool:
    """Whether a key presses it wherever the keyboard is, or the arrow keys do: of several of which one is
    chosen, Qt lets Tab reach only that one.
    """
    action = button.defaultAction() if isinstance(button, QToolButton) else None
    group = button.group()
    return (
        bool(button.shortcut().toString())
        or (action is not None and bool(action.shortcut().toString()))
        or (group is not None and group.exclusive())
        or button.autoExclusive()
    )


def _scrolls(parent: QWidget) -> bool:
    """Whether what a widget holds may be larger than itself, because it scrolls."""
    grand = parent.parentWidget()
    return isinstance(grand, QAbstractScrollArea) and grand.viewport() is parent


def _is_inner(widget: QWidget) -> bool:
    """Parts of Qt's own widgets, which it lays out itself."""
    if isinstance(widget, QScrollBar | QSizeGrip | QSplitterHandle | QAbstractSlider):
        return True
    name = widget.objectName()
    if name.startswith("qt_") or type(widget).__name__ in ("QTableCornerButton",):
        return True
    parent = widget.parentWidget()
    inside_box = isinstance(parent, QComboBox | QAbstractSpinBox)
    tab_button = isinstance(parent, QTabBar)
    in_field = isinstance(parent, QLineEdit)
    menu_button = widget.metaObject().className() == "QMenuBarExtension"
    return inside_box or tab_button or in_field or menu_button
