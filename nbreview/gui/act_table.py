"""The table of every act of the review window: its name, its key and its menu.

Imports nothing of nbreview. Menus, shortcuts and the command palette are all made from `ACTS`, so that an
act cannot be in one of them and missing from another. An act is known elsewhere by its id.
"""

from dataclasses import dataclass

from PySide6.QtGui import QAction


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that a person can do.

    `menu` may name a submenu after a slash ("View/Theme"); the acts of one menu that share a `section`
    stand together between separators. Of `keys`, the first is shown. Acts with the same `group` exclude
    each other and are checkable. `role` is Qt's menu role, for systems that move such acts to their own
    menu. The keys of an act that is `everywhere` work in the program's other windows too.
    """

    id: str
    text: str
    menu: str
    keys: tuple[str, ...] = ()
    section: int = 0
    checkable: bool = False
    checked: bool = False
    group: str = ""
    tip: str = ""
    role: QAction.MenuRole = QAction.MenuRole.NoRole
    everywhere: bool = False

    @property
    def name(self) -> str:
        """The text without the mnemonic's ampersand and the dots that announce a window."""
        return plain(self.text)


def plain(text: str) -> str:
    """A menu's text as words alone."""
    return text.replace("&", "").removesuffix("…")


ACTS: tuple[Act, ...] = (
    Act("open", "&Open notebook…", "&File", ("Ctrl+O",)),
    Act("compare", "&Compare two notebooks…", "&File", ("Ctrl+Shift+O",)),
    Act(
        "open_folder",
        "Open &folder or repository…",
        "&File",
        ("Ctrl+Alt+O",),
        tip="Lists the notebooks that changed in a folder since the last commit",
    ),
    Act(
        "review_range",
        "Review a ra&nge…",
        "&File",
        ("Ctrl+Shift+R",),
        tip="Lists the notebooks that changed between two branches, tags or commits",
    ),
    Act(
        "close_review",
        "Close fol&der or range",
        "&File",
        tip="Puts the list of files away; what is shown in the diff stays",
    ),
    Act(
        "reload",
        "&Read again from disk",
        "&File",
        ("F5", "Ctrl+R"),
        tip="Reads the notebook and its history again",
    ),
    Act(
        "training",
        "&Training data…",
        "&File",
        ("Ctrl+T",),
        1,
        tip="Decisions stored, and what an export would hold",
    ),
    Act("export", "&Export training data…", "&File", ("Ctrl+E",), 1),
    Act("new_window", "New &window", "&File", ("Ctrl+Shift+N",), 2),
    Act("close_window", "C&lose window", "&File", ("Ctrl+W",), 2),
    Act(
        "quit",
        "&Quit",
        "&File",
        ("Ctrl+Q",),
        3,
        tip="Closes every window; what was open comes back with the next start",
        role=QAction.MenuRole.QuitRole,
    ),
    Act(
        "undo",
        "&Undo",
        "&Edit",
        ("Ctrl+Z",),
        tip="Takes back the newest acceptance, revert or staging in this notebook",
    ),
    Act("copy_source", "&Copy the cell's source", "&Edit", tip="The whole source of the current cell"),
    Act("copy_selection", "Copy se&lection", "&Edit", tip="What is selected, without signs (Ctrl+C)"),
    Act(
        "copy_patch",
        "Copy as &patch",
        "&Edit",
        ("Ctrl+Shift+C",),
        tip="The selected lines, or the change at hand, with the signs of a unified diff",
    ),
    Act("select_cell", "Select the c&ell's source", "&Edit", tip="All of the current cell (Ctrl+A)"),
    Act("find", "&Find in the diff…", "&Edit", ("Ctrl+F",), 1),
    Act("find_next", "Find &next", "&Edit", ("F3",), 1),
    Act("find_previous", "Find &previous", "&Edit", ("Shift+F3",), 1),
    Act("find_case", "&Capitals count", "&Edit/F&ind by", checkable=True),
    Act("find_word", "&Whole words only", "&Edit/F&ind by", checkable=True),
    Act("find_pattern", "Regular e&xpression", "&Edit/F&ind by", checkable=True),
    Act("find_outputs", "Look into &outputs", "&Edit/F&ind by", checkable=True),
    Act(
        "palette",
        "&Command palette…",
        "&Edit",
        ("Ctrl+Shift+P",),
        2,
        tip="Find any act by a few of its letters",
    ),
    Act(
        "preferences",
        "P&references…",
        "&Edit",
        ("Ctrl+,",),
        3,
        tip="Every setting: look, comparing, model, servers",
        role=QAction.MenuRole.PreferencesRole,
    ),
    Act(
        "one_column",
        "&One column",
        "&View",
        ("Ctrl+\\",),
        checkable=True,
        tip="Base and head in one column, or side by side",
    ),
    Act(
        "rendered",
        "Markdown &rendered",
        "&View",
        ("R",),
        checkable=True,
        checked=True,
        tip="Markdown as it reads with its changes marked, or its source",
    ),
    Act(
        "open_output",
        "Open output in &browser…",
        "&View",
        ("B",),
        tip="Asks first; then writes a page without scripts, and opens it",
    ),
    Act("fold_unchanged", "Fold &unchanged cells", "&View", ("U",), 1, checkable=True, checked=True),
    Act("fold_outputs", "Fold &outputs", "&View", ("O",), 1, checkable=True),
    Act("fold_metadata", "Fold &metadata", "&View", ("M",), 1, checkable=True, checked=True),
    Act("toggle_fold", "Open or close this &fold", "&View", ("F",), 1, tip="The fold at hand (Enter on it)"),
    Act(
        "text_view",
        "This change as &text…",
        "&View",
        ("F7",),
        2,
        tip="Plain words for a screen reader, or for copying",
    ),
    Act("text_larger", "Text &larger", "&View", ("Ctrl++", "Ctrl+="), 3),
    Act("text_smaller", "Text &smaller", "&View", ("Ctrl+-",), 3),
    Act("text_normal", "Text of &usual size", "&View", ("Ctrl+0",), 3),
    Act("compare_whitespace", "Compare &white space", "&View/&Compare", checkable=True),
    Act("compare_outputs", "Compare &outputs", "&View/&Compare", checkable=True),
    Act("compare_metadata", "Compare &metadata", "&View/&Compare", checkable=True),
    Act("compare_tags", "Compare &tags", "&View/&Compare", checkable=True),
    Act("compare_attachments", "Compare &attachments", "&View/&Compare", checkable=True),
    Act("compare_kernel", "Compare &kernel", "&View/&Compare", checkable=True),
    Act("compare_language", "Compare &language version", "&View/&Compare", checkable=True),
    Act("compare_counts", "Compare &execution counts", "&View/&Compare", section=1, checkable=True),
    Act("compare_volatile", "Compare &view state and timings", "&View/&Compare", section=1, checkable=True),
    Act("compare_ids", "Compare cell &ids", "&View/&Compare", section=1, checkable=True),
    Act(
        "picture_beside",
        "Picture &side by side",
        "&View/&Pictures and tables",
        ("Alt+1",),
        tip="Shows the picture at hand as base and head beside each other",
    ),
    Act(
        "picture_swipe",
        "Picture s&wiped",
        "&View/&Pictures and tables",
        ("Alt+2",),
        tip="Base and head in one place, parted by a line that can be moved",
    ),
    Act(
        "picture_onion",
        "Picture in &onion skin",
        "&View/&Pictures and tables",
        ("Alt+3",),
        tip="The head over the base, as transparent as is wished",
    ),
    Act(
        "picture_difference",
        "Picture as what &differs",
        "&View/&Pictures and tables",
        ("Alt+4",),
        tip="Marks every pixel that differs",
    ),
    Act("picture_all", "&All pictures this way", "&View/&Pictures and tables", section=1),
    Act("next_output", "&Next picture or table", "&View/&Pictures and tables", ("I",), 2),
    Act("previous_output", "&Previous picture or table", "&View/&Pictures and tables", ("Shift+I",), 2),
    Act(
        "view_output",
        "Op&en picture or table…",
        "&View/&Pictures and tables",
        ("Ctrl+I",),
        3,
        tip="In a window of its own: zoom and pixels, or sorting and filters (Enter on the output)",
    ),
    Act("copy_output", "&Copy picture or table", "&View/&Pictures and tables", section=3),
    Act("save_output", "Save p&icture as…", "&View/&Pictures and tables", section=3),
    Act("theme_system", "Theme: as the &system", "&View/&Theme", group="theme", checked=True),
    Act("theme_light", "Theme: &light", "&View/&Theme", group="theme"),
    Act("theme_dark", "Theme: &dark", "&View/&Theme", group="theme"),
    Act("next_change", "&Next change", "&Go", ("Alt+Down", "N")),
    Act("previous_change", "&Previous change", "&Go", ("Alt+Up", "P")),
    Act("goto_cell", "&Cell…", "&Go", ("Ctrl+G",), tip="To a cell by number, [execution count] or id"),
    Act("other_end", "&Other place of this cell", "&Go", ("J",), tip="Where a moved cell stood, and back"),
    Act("next_fold", "Next fol&d", "&Go", ("]",)),
    Act("previous_fold", "Previous fo&ld", "&Go", ("[",)),
    Act("next_finding", "Next &finding", "&Go", ("F8",), 1),
    Act("previous_finding", "Previous f&inding", "&Go", ("Shift+F8",), 1),
    Act(
        "finding_origin",
        "Cell that the &value came from",
        "&Go",
        ("Ctrl+F8",),
        1,
        tip="Goes from a crash to the cell that the bad value came from",
    ),
    Act(
        "next_file",
        "Next no&tebook",
        "&Go",
        ("Alt+Right",),
        3,
        tip="The next notebook of the folder or range under review",
    ),
    Act(
        "previous_file",
        "Previous note&book",
        "&Go",
        ("Alt+Left",),
        3,
        tip="The notebook before in the folder or range under review",
    ),
    Act(
        "next_unviewed",
        "Next notebook not &viewed",
        "&Go",
        ("Alt+Shift+Right",),
        3,
        tip="Goes on with the next notebook that has no tick",
    ),
    Act("go_files", "F&iles", "&Go", ("Ctrl+6",), 2, tip="Puts the keyboard into the list of files"),
    Act(
        "next_comment",
        "Next co&mment",
        "&Go",
        ("Alt+C",),
        1,
        tip="Goes to the next thread that the Comments tab lists",
    ),
    Act(
        "previous_comment",
        "Previous comme&nt",
        "&Go",
        ("Alt+Shift+C",),
        1,
        tip="Goes to the thread before",
    ),
    Act("go_history", "&History", "&Go", ("Ctrl+1",), 2, tip="Puts the keyboard into the list of revisions"),
    Act("go_diff", "&Diff", "&Go", ("Ctrl+2",), 2, tip="Puts the keyboard into the diff"),
    Act("go_outline", "&Outline", "&Go", ("Ctrl+3",), 2, tip="Puts the keyboard into the outline"),
    Act("go_assistant", "&Assistant", "&Go", ("Ctrl+4",), 2, tip="Puts the keyboard on the card at hand"),
    Act(
        "viewed",
        "Cell &viewed",
        "&Review",
        ("V",),
        tip="Ticks the cell in the outline; again takes the tick away",
    ),
    Act(
        "file_viewed",
        "&Notebook viewed",
        "&Review",
        ("Shift+V",),
        tip="Ticks the whole notebook in the list of files; again takes the tick away",
    ),
    Act(
        "comment",
        "Co&mment on this line or cell…",
        "&Review",
        ("C",),
        tip="On the line that was clicked or selected, else on the cell; answers the thread that is there",
    ),
    Act(
        "resolve_comment",
        "Resol&ve this thread, or open it again",
        "&Review",
        ("Shift+C",),
        tip="The thread that the Comments tab marks, else that of the current cell",
    ),
    Act(
        "stage",
        "&Stage cell",
        "&Review",
        ("S",),
        1,
        tip="Puts this cell of the working tree, and nothing else, into git's index",
    ),
    Act("unstage", "&Unstage cell", "&Review", ("Shift+S",), 1, tip="Takes this cell out of git's index"),
    Act(
        "revert",
        "Revert cell to &base",
        "&Review",
        ("Ctrl+Alt+Z",),
        1,
        tip="Writes this cell into the file as the base has it; every other cell stays",
    ),
    Act(
        "edit_cell",
        "&Edit cell in place",
        "&Review",
        ("E", "F4"),
        1,
        tip="Write into this cell of the file; nothing is written before Save",
    ),
    Act("propose", "&Propose an edit for this cell…", "&Review", ("Ctrl+K",), 2),
    Act("assess", "&Will this cell crash?", "&Review", ("Ctrl+Shift+K",), 2),
    Act("accept", "&Accept card", "&Review", ("Ctrl+Return", "Ctrl+Enter"), 3),
    Act("edit", "&Edit card, then accept", "&Review", ("Ctrl+Shift+E",), 3),
    Act("reject", "&Reject card", "&Review", ("Ctrl+Backspace",), 3),
    Act("kernel_start", "&Start kernel…", "&Kernel", tip="Choose a kernel or an environment; no cell is run"),
    Act(
        "kernel_attach",
        "&Attach to a running kernel…",
        "&Kernel",
        tip="A kernel of a running Jupyter, by its connection file",
    ),
    Act(
        "run_to",
        "&Run to here",
        "&Kernel",
        ("F6",),
        1,
        tip="Runs the code cells up to the current one that have not run; what will run is told first",
    ),
    Act(
        "dry_run",
        "&Dry run of this cell",
        "&Kernel",
        ("Shift+F6",),
        1,
        tip="Tries the cell in a copy of the kernel that ends with it",
    ),
    Act(
        "stand_in",
        "&Try on stand-ins",
        "&Kernel",
        ("Ctrl+F6",),
        1,
        tip="Tries the cell on objects that stand in for the data; needs no kernel",
    ),
    Act(
        "scan",
        "S&can all cells",
        "&Kernel",
        ("F9",),
        2,
        tip="Judges every code cell by the rules, and by what was allowed",
    ),
    Act("variables", "&Variables", "&Kernel", ("Ctrl+5",), 2, tip="What lives in the kernel, as a table"),
    Act(
        "go_comments",
        "Co&mments",
        "&Go",
        ("Ctrl+7",),
        2,
        tip="Puts the keyboard into the list of comments",
    ),
    Act("kernel_interrupt", "&Interrupt kernel", "&Kernel", section=3),
    Act("kernel_restart", "Restart &kernel", "&Kernel", section=3),
    Act("kernel_shut_down", "Shut d&own kernel", "&Kernel", section=3),
    Act(
        "rename_variable",
        "&Rename variable…",
        "Re&factor",
        ("F2",),
        tip="Renames a variable in every cell that binds or reads it; makes suggestions",
    ),
    Act(
        "set_parameter",
        "&Set parameter…",
        "Re&factor",
        tip="Gives a hyper-parameter another value wherever it has one; makes suggestions",
    ),
    Act(
        "wrap_cell",
        "&Wrap cell into a function…",
        "Re&factor",
        tip="Makes a function of the current cell, and calls it; makes suggestions",
    ),
    Act(
        "collect_imports",
        "&Collect imports",
        "Re&factor",
        tip="Puts the imports of all cells into the first that has some; makes suggestions",
    ),
    Act("models", "&Models…", "&Model", ("Ctrl+M",), tip="Models found on this machine, and loading one"),
    Act(
        "draft",
        "&Draft from a task…",
        "&Model",
        ("Ctrl+D",),
        tip="From a task in words and its data to cells that wait to be inserted",
    ),
    Act("stop", "&Stop what is running", "&Model", ("Esc",), 1, everywhere=True),
    Act("about", "&About nbreview", "&Help", role=QAction.MenuRole.AboutRole),
)
