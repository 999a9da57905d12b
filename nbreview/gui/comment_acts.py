"""Commenting: the acts, the box over the canvas, the Comments tab, and the signs beside lines.

Knows the session, the tasks, the canvas, the assistant and the notices. A comment is in the store before the
window shows it; what was typed and not saved is a draft, which is kept too.
"""

import itertools
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRect

from nbreview.errors import UserError
from nbreview.gui import comment_views
from nbreview.gui.assistant_panel import AssistantPanel
from nbreview.gui.comment_box import CommentBox
from nbreview.gui.comment_places import draft_key, drafts_name, same_cell
from nbreview.gui.comment_undo import CommentUndo
from nbreview.gui.comments_panel import Filter
from nbreview.gui.diff.canvas import DiffCanvas
from nbreview.gui.diff.commentview import LinePlace
from nbreview.gui.language import spoken, tr
from nbreview.gui.notice import NoticeArea
from nbreview.gui.tasks import TaskRunner
from nbreview.gui.theme import Theme
from nbreview.review.threads import Thread
from nbreview.services import commenting
from nbreview.services.opening import Comparison
from nbreview.services.session import ReviewSession, Topic

_READ = "comments"
_WIDEST = 72  # characters


class CommentActs(QObject):
    """A room of the window, see `gui.room`. One box at a time is open on the canvas.

    `undo_cell` takes back what was done with a cell, where that is newer than what was done here.
    """

    def __init__(
        self,
        session: ReviewSession,
        tasks: TaskRunner,
        canvas: DiffCanvas,
        assistant: AssistantPanel,
        notices: NoticeArea,
        undo_cell: Callable[[], object],
    ) -> None:
        super().__init__(canvas)
        self._undo = CommentUndo(session, tasks, undo_cell, self._write_back, self._failed)
        self._session, self._tasks = session, tasks
        self._canvas, self._assistant, self._notices = canvas, assistant, notices
        self._numbers = itertools.count(1)
        self.box: CommentBox | None = None
        """The box that is open on the canvas."""
        self._place = LinePlace(-1)
        self._shown: Comparison | None = None  # what the box was opened on
        self._drafts: dict[str, str] = {}
        self._drafts_of = ""
        self._wanted = ""  # the thread to show once it is read
        panel = assistant.comments
        canvas.comment_clicked.connect(self.show_at)
        canvas.moved.connect(self._arrange)
        panel.activated.connect(self.go_to)
        panel.answered.connect(self._answer)
        panel.edited.connect(self._edit)
        panel.settled.connect(self._settle)
        panel.deleted.connect(self._delete)

    def handlers(self) -> dict[str, Callable[..., object]]:
        """What each act does."""
        return {
            "comment": self.comment,
            "next_comment": lambda: self._step(1),
            "previous_comment": lambda: self._step(-1),
            "resolve_comment": self.resolve,
            "go_comments": self._go,
            "undo": self._undo.undo,
        }

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme, or with text of another size."""
        if self.box is not None:
            self.box.set_theme(theme)
            self._arrange()

    def announced(self, topics: frozenset[Topic]) -> None:
        """Read the comments of what is shown now; show those that were read."""
        if Topic.COMPARISON in topics:
            self._follow()
            self.read()
        if Topic.COMMENTS in topics:
            self._show()

    # Reading

    def read(self) -> None:
        """Read the threads of the comparison shown, and the drafts of its notebook."""
        shown, store = self._session.comparison, self._session.store
        if shown is None:
            return
        name = drafts_name(shown)

        def work(_cancel: object, _report: object) -> tuple[tuple[Thread, ...], Any]:
            drafts = store.place(name) if name != self._drafts_of else None
            return commenting.threads_of(store, shown), drafts

        def done(found: tuple[tuple[Thread, ...], Any]) -> None:
            threads, drafts = found
            if name != self._drafts_of:
                self._drafts_of = name
                self._drafts = {k: v for k, v in drafts.items() if isinstance(v, str)} if drafts else {}
            self._session.adopt_threads(shown, threads)

        self._tasks.start(_READ, tr("Reading comments"), work, done, self._failed)

    def _show(self) -> None:
        threads, diff = self._session.threads, self._canvas.diff
        self._canvas.set_comments(comment_views.canvas_marks(threads))
        self._assistant.comments.set_threads(comment_views.thread_views(threads, diff))
        if self._wanted and any(thread.id == self._wanted for thread in threads):
            self._assistant.comments.show_thread(self._wanted)
            self._wanted = ""

    # Writing a new one

    def comment(self) -> None:
        """Comment on the line at hand, else on the cell; where a thread is open there, answer it."""
        place, shown = self._canvas.line_at_hand(), self._session.comparison
        if self.box is not None:
            self.box.setFocus()
            return
        if place is None or shown is None:
            self._notices.inform(tr("No cell is at hand; open a notebook and choose a cell."))
            return
        thread = self._at(place)
        if thread is not None and thread.open and thread.line == place.line:
            self._assistant.show_comments()
            self._assistant.comments.show_thread(thread.id, answer=True)
            return
        self.open_box(place)

    def open_box(self, place: LinePlace) -> None:
        """Open the box beside a line or below a cell's header, with the draft there is."""
        shown = self._session.comparison
        if shown is None:
            return
        self._canvas.show_line(place)
        box = CommentBox(self._canvas.theme, tr("Comment"), self._canvas.viewport())
        self.box, self._place, self._shown = box, place, shown
        box.open(self._drafts.get(draft_key(shown, place), ""))
        box.saved.connect(self._save)
        box.put_aside.connect(self._put_aside)
        box.stepped.connect(self._move)
        box.grown.connect(self._arrange)
        self._name()
        box.show()
        self._arrange()
        box.setFocus()

    def _name(self) -> None:
        if self.box is not None and self._shown is not None:
            change, head, line = self._place
            title = comment_views.place_title(self._shown.diff, change, line, head=head)
            self.box.set_title(tr("Comment on {place}").format(place=title), steps=True)

    def _move(self, step: int) -> None:
        """Mean the line above or below instead; above the first is the whole cell."""
        if self.box is None or self._shown is None:
            return
        change, head, line = self._place
        at = self._shown.diff.cells[change]
        side = self._shown.head if head else self._shown.base
        index = at.head_index if head else at.base_index
        if index is None:
            return
        last = side.notebook.cells[index].source.count("\n")
        place = (-1 if line is None else line) + step
        self._place = LinePlace(change, head, None if place < 0 else min(place, last))
        self._canvas.show_line(self._place)
        self._name()
        self._arrange()

    def _arrange(self) -> None:
        """Below its line, or above it where there is no room; always inside the view."""
        box = self.box
        if box is None:
            return
        area, view = self._canvas.line_area(self._place), self._canvas.viewport().rect()
        box.setVisible(area is not None)
        if area is None:
            return
        widest = box.fontMetrics().averageCharWidth() * _WIDEST
        width = max(min(area.width() - 16, widest), min(area.width(), 200))
        box.setFixedWidth(width)
        height = min(box.sizeHint().height(), view.height())
        top = area.bottom() + 1
        if top + height > view.bottom() and area.top() - height >= 0:
            top = area.top() - height
        top = max(min(top, view.bottom() - height), 0)
        box.setGeometry(QRect(area.left() + 8, top, width, height))

    def _save(self, text: str) -> None:
        box, shown, place = self.box, self._shown, self._place
        if box is None or shown is None:
            return
        box.set_busy(True)
        store, (change, head, line) = self._session.store, place

        def work() -> str:
            return commenting.comment_on(store, shown, change, line, text, head=head).id

        def kept(thread_id: str) -> None:
            self._forget_draft(draft_key(shown, place))
            self._wanted = thread_id
            self._undo.note(
                tr("The comment is taken back."),
                lambda: commenting.delete(store, shown.target, thread_id),
            )
            if self.box is box:
                self._close()
            self._assistant.show_comments()

        self._write(tr("Keeping the comment"), work, kept, lambda: _refused(box if self.box is box else None))

    def _put_aside(self, draft: str) -> None:
        if self._shown is None:
            return
        key = draft_key(self._shown, self._place)
        if draft.strip():
            self._drafts[key] = draft
            self._keep_drafts()
        else:
            self._forget_draft(key)
        self._close()

    def _close(self) -> None:
        if self.box is not None:
            held = self.box.isAncestorOf(self.box.window().focusWidget() or self._canvas)
            self.box.hide()
            self.box.deleteLater()
            self.box = None
            if held:
                self._canvas.setFocus()

    def _follow(self) -> None:
        """Another comparison is shown: the box goes with its cell where that is still shown, else what was
        typed becomes a draft.
        """
        box, before, after = self.box, self._shown, self._session.comparison
        if box is None or before is None:
            return
        change = same_cell(before, after, self._place) if after is not None else None
        if change is None:
            if box.typed.strip():
                self._notices.inform(
                    tr("The cell that you were commenting on is not shown any more; your draft is kept.")
                )
            self._put_aside(box.typed)
            return
        self._shown, self._place = after, self._place._replace(change=change)
        self._name()
        self._arrange()

    # Drafts

    def _forget_draft(self, key: str) -> None:
        if self._drafts.pop(key, None) is not None:
            self._keep_drafts()

    def _keep_drafts(self) -> None:
        name, drafts, store = self._drafts_of, dict(self._drafts), self._session.store
        if name:
            self._write(
                tr("Keeping a draft"),
                lambda: store.keep_place(name, drafts) if drafts else store.drop_place(name),
            )

    # Threads

    def show_at(self, place: LinePlace) -> None:
        """Show the thread of a sign that was clicked."""
        thread = self._at(place)
        if thread is not None:
            self._assistant.show_comments()
            self._assistant.comments.show_thread(thread.id)

    def go_to(self, thread_id: str) -> None:
        """Bring the place of a thread into view."""
        thread = self._thread(thread_id)
        if thread is None:
            return
        self._assistant.comments.set_current(thread_id)
        if thread.change is None:
            self._notices.inform(
                tr("The cell is on neither side of this comparison; choose an older revision as the base.")
            )
            return
        self._canvas.show_line(LinePlace(thread.change, thread.head, thread.line))

    def resolve(self) -> None:
        """Resolve the thread at hand, or open it again."""
        place = self._canvas.line_at_hand()
        thread = self._thread(self._assistant.comments.current) or (self._at(place) if place else None)
        if thread is None:
            self._notices.inform(
                tr("No thread is at hand; choose one in the Comments tab, or go to one: Alt+C.")
            )
            return
        self._settle(thread.id, thread.open)

    def _go(self) -> None:
        self._assistant.show_comments()
        self._assistant.comments.setFocus()

    def _step(self, step: int) -> None:
        """Go to the next thread that the filter lists; past the last comes the first again."""
        panel = self._assistant.comments
        threads = [thread for thread in self._session.threads if thread.change is not None]
        wanted = [
            thread
            for thread in threads
            if panel.filter is Filter.ALL or thread.open is (panel.filter is Filter.OPEN)
        ]
        if not wanted:
            self._notices.inform(
                tr("There is no such comment to go to; c comments on the current cell, Ctrl+7 lists them.")
            )
            return
        ids = [thread.id for thread in wanted]
        if panel.current in ids:
            at = (ids.index(panel.current) + step) % len(ids)
        else:
            here = self._canvas.current_index()
            after = [n for n, thread in enumerate(wanted) if (thread.change or 0) >= here]
            before = [n for n, thread in enumerate(wanted) if (thread.change or 0) <= here]
            at = (after or [0])[0] if step > 0 else (before or [len(wanted) - 1])[-1]
        self._assistant.show_comments()
        panel.show_thread(ids[at])
        self.go_to(ids[at])

    def _answer(self, thread_id: str, text: str) -> None:
        target, store = self._session.target(), self._session.store
        self._write(
            tr("Keeping the answer"),
            lambda: commenting.answer(store, target, thread_id, text),
            lambda made: self._undo.note(
                tr("The answer is taken back."), lambda: commenting.delete(store, target, made.id)
            ),
            lambda: self._refuse(thread_id),
        )

    def _edit(self, thread_id: str, comment_id: str, text: str) -> None:
        target, store = self._session.target(), self._session.store
        self._write(
            tr("Keeping the edit"),
            lambda: commenting.edit(store, target, comment_id, text),
            lambda before: self._undo.note(
                tr("The comment reads as before."), lambda: commenting.edit(store, target, comment_id, before)
            ),
            lambda: self._refuse(thread_id),
        )

    def _settle(self, thread_id: str, resolved: bool) -> None:
        target, store = self._session.target(), self._session.store
        self._write(
            tr("Resolving the thread") if resolved else tr("Opening the thread again"),
            lambda: commenting.settle(store, target, thread_id, resolved=resolved),
            lambda _done: self._undo.note(
                tr("The thread is open again.") if resolved else tr("The thread is resolved again."),
                lambda: commenting.settle(store, target, thread_id, resolved=not resolved),
            ),
        )

    def _delete(self, thread_id: str, comment_id: str) -> None:
        target, store = self._session.target(), self._session.store
        thread = self._thread(thread_id)
        answers = len(thread.replies) if thread is not None and thread.id == comment_id else 0

        def gone(_done: object) -> None:
            back = tr("The comment is there again.")
            step = self._undo.note(back, lambda: commenting.restore(store, target, comment_id))

            def restore() -> None:
                if not self._undo.take_back(step):  # Ctrl+Z has done so
                    self._say(back)

            said = tr("The comment was deleted.")
            if answers:
                said = tr("The comment was deleted with %n answer(s).", "", answers)
            self._notices.inform(said, tr("Undo"), restore)

        self._write(tr("Deleting the comment"), lambda: commenting.delete(store, target, comment_id), gone)

    def _write_back(self, work: Callable[[], object], said: str) -> None:
        self._write(tr("Undoing"), work, lambda _made: self._say(said))

    def _say(self, words: str) -> None:
        self._notices.inform(words)

    def _write(
        self,
        title: str,
        work: Callable[[], Any],
        kept: Callable[[Any], object] = lambda _made: None,
        refused: Callable[[], None] = lambda: None,
    ) -> None:
        """Do what writes to the store, then read again."""

        def done(made: Any) -> None:
            kept(made)
            self.read()

        def failed(error: BaseException) -> None:
            refused()
            self._failed(error)

        slot = f"comment {next(self._numbers)}"
        self._tasks.start(slot, title, lambda _c, _r: work(), done, failed, finish=True)

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            self._notices.fail(spoken(error.message))
        else:
            self._tasks.error.emit(tr("Comments"), error)

    def _refuse(self, thread_id: str) -> None:
        panel = self._assistant.comments
        if thread_id in panel.shown():
            panel.card(thread_id).set_refused()

    def _thread(self, thread_id: str) -> Thread | None:
        return next((thread for thread in self._session.threads if thread.id == thread_id), None)

    def _at(self, place: LinePlace) -> Thread | None:
        """The thread of a place, an open one first; of a whole cell any of its threads will do."""
        found = [thread for thread in self._session.threads if thread.change == place.change]
        if place.line is not None:
            found = [each for each in found if (each.head, each.line) == (place.head, place.line)]
        else:
            found.sort(key=lambda each: each.line is not None)
        return next((each for each in found if each.open), found[0] if found else None)


def _refused(box: CommentBox | None) -> None:
    if box is not None:
        box.set_busy(False)
        box.setFocus()
