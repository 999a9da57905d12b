"""The Python of a code cell: IPython's magics taken out, every line and column kept.

Imports only the standard library. Both `checks` and `assist` parse cells, and neither may import the other,
so this lives below them. IPython itself is not needed at run time (it is slow to import and may not be
installed); the syntax followed is the one documented under "IPython reference" and "Built-in magic
commands", and a test compares with IPython's own transformer.

What a magic stood for becomes `pass` (or `None` after `name =`), padded by nothing: only text to its right
changes. Where IPython removes text at the start of a line (a common indentation, `>>>` prompts),
`PlainCell.shifts` says how much.
"""

import re
from dataclasses import dataclass


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


HARMLESS_LINE_MAGICS = _words(
    """
    alias autoawait autocall automagic autoreload aimport autosave bookmark cat cd colors conda config
    connect_info cp debug dhist dirs doctest_mode env gui hist history killbgscripts ldir less lf lk ll
    load_ext logoff logon logstart logstate logstop lprun ls lsmagic lx magic mamba man matplotlib memit
    micromamba mkdir more mprun mv notebook page pastebin pdb pdef pdoc pfile pinfo pinfo2 pip popd
    pprint precision prun psearch psource pushd pwd pycat qtconsole quickref rehashx reload_ext reset
    reset_selective rm rmdir save set_env subshell system sx tb tensorboard tensorflow_version time
    timeit unalias unload_ext uv watermark who who_ls whos xdel xmode
    """
)
"""Line magics that leave the names of the notebook alone (or only take some away)."""

KNOWN_EXTENSIONS = _words(
    """
    autoreload autotime autotime2 bigquery_magics black cudf.pandas cuml.accel cython dotenv
    ipython_autotime jupyter_black jupyter_ai lab_black line_profiler memory_profiler nb_black ruff_lsp
    snakeviz sql storemagic tensorboard tensorboard.notebook watermark google.cloud.bigquery
    google.colab.data_table jupyter_spaces pycodestyle_magic
    """
)
"""Extensions whose loading defines no name in the notebook."""

_SINGLE_LINE_COMMANDS = _words(
    """
    alias bookmark cat cd clear conda cp dhist dirs env hist history ldir less lf lk ll load ls lsmagic
    lx mamba man mkdir more mv page pip popd pushd pwd quickref rm rmdir run set_env timeit time tree
    unalias uv who who_ls whos matplotlib load_ext reload_ext pylab pinfo pdoc psource xmode pprint
    precision reset
    """
)
"""What IPython's automagic runs without a percent sign when it begins a cell of one line."""

_PYTHON_CELL_MAGICS = frozenset(
    {"time", "capture", "prun", "code_wrap", "timeit", "memit", "debug", "autotime"}
)
_FOREIGN_CELL_MAGICS = _words(
    """
    ! HTML SVG bash cmd file html javascript js latex markdown perl pypy python python2 python3 ruby
    script sh svg sx system writefile css mermaid cpp powershell pwsh bigquery
    """
)
_OUTPUT_OPTION = re.compile(r"(?:^|\s)(?:--(?:out|err|proc)\b|<<)")
_ESCAPES = "%!?,;/"
_HELP = re.compile(r"%{0,2}(?!\d)[\w*]+(?:\.(?!\d)[\w*]+|\[-?[0-9]+\])*\?\??$")
_CLASSIC_PROMPT = re.compile(r"(?:>>>|\.\.\.)(?: |$)")
_CELL_MAGIC = re.compile(r"%%(!|\w[\w.]*)(.*)", re.DOTALL)
_IDENTIFIER = re.compile(r"[^\W\d]\w*")


@dataclass(frozen=True, slots=True)
class Magic:
    """One magic, shell command or help request.

    `name` is the magic's name without percent signs, "!" for a shell command, "?" for help. `line` counts
    from 0. `cell` marks a cell magic, `assigned` one to the right of `name =`.
    """

    name: str
    argument: str
    line: int
    cell: bool = False
    assigned: bool = False

    @property
    def binds(self) -> tuple[str, ...]:
        """Names that this magic is known to bind."""
        if self.cell and self.name == "capture":
            return tuple(part for part in self.argument.split() if part.isidentifier())
        return ()

    @property
    def binds_unknown(self) -> bool:
        """Whether this magic may bind names that cannot be told from the notebook."""
        if self.name in ("!", "?"):
            return False
        if self.cell:
            if self.name in _FOREIGN_CELL_MAGICS:
                return bool(_OUTPUT_OPTION.search(self.argument)) or self.name == "bigquery"
            return self.name not in _PYTHON_CELL_MAGICS or (
                self.name == "time" and bool(self.argument.strip())
            )
        if self.name == "load_ext":
            return self.argument.strip() not in KNOWN_EXTENSIONS
        if self.name in ("time", "prun"):
            return (
                not self.assigned
            )  # one plain statement after %time never becomes a Magic: see _timed_statement
        return self.name not in HARMLESS_LINE_MAGICS


@dataclass(frozen=True, slots=True)
class PlainCell:
    """A cell's source as plain Python.

    `source` has as many lines as the cell. `shifts` holds, for each line, how many characters were taken
    from its start. `python` is False when the whole cell is for something else (`%%bash`, `%%html`);
    `source` is then empty lines. `persistent` is False when what the cell binds does not stay (`%%timeit`).
    """

    source: str
    shifts: tuple[int, ...]
    magics: tuple[Magic, ...]
    python: bool = True
    persistent: bool = True


def plain_cell(source: str) -> PlainCell:
    """Take IPython's syntax out of a cell's source.

    Never fails: what is neither Python nor a magic stays, for the parser to complain about.
    """
    lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    shifts = [0] * len(lines)
    magics: list[Magic] = []
    persistent = True
    first = _strip_starts(lines, shifts)
    while first < len(lines):
        match = _CELL_MAGIC.match(lines[first])
        if match is None or match[2].startswith("?"):
            break
        end = _end_of_continuation(lines, first)
        argument = _joined(match[2], lines, first, end)
        magic = Magic(match[1], argument, first, cell=True)
        magics.append(magic)
        for number in range(first, end + 1):
            lines[number] = ""
        if magic.name not in _PYTHON_CELL_MAGICS:
            return PlainCell("\n" * (len(lines) - 1), tuple(shifts), tuple(magics), python=False)
        persistent = persistent and magic.name not in ("timeit", "memit")
        first = _first_filled(lines, end + 1)
    if _is_single_command(lines, first):
        magics.append(Magic(_word(lines[first]), lines[first].partition(" ")[2].strip(), first))
        lines[first] = "pass"
    else:
        _Scanner(lines, magics).run(first)
    return PlainCell("\n".join(lines), tuple(shifts), tuple(magics), persistent=persistent)


def _first_filled(lines: list[str], start: int) -> int:
    return next((number for number in range(start, len(lines)) if lines[number].strip()), len(lines))


def _strip_starts(lines: list[str], shifts: list[int]) -> int:
    """Remove the first line's indentation and interpreter prompts, as IPython does; return the first
    filled line.
    """
    first = _first_filled(lines, 0)
    if first == len(lines):
        return first
    indent = lines[first][: len(lines[first]) - len(lines[first].lstrip(" \t"))]
    for number in range(first, len(lines)):
        if indent and lines[number].startswith(indent):
            _cut(lines, shifts, number, len(indent))
    if _CLASSIC_PROMPT.match(lines[first]) and lines[first].startswith(">>>"):
        for number in range(first, len(lines)):
            if match := _CLASSIC_PROMPT.match(lines[number]):
                _cut(lines, shifts, number, match.end())
    return first


def _cut(lines: list[str], shifts: list[int], number: int, length: int) -> None:
    lines[number] = lines[number][length:]
    shifts[number] += length


def _word(line: str) -> str:
    match = _IDENTIFIER.match(line)
    return match[0] if match else ""


def _is_single_command(lines: list[str], first: int) -> bool:
    """Whether automagic would take the cell: one line that begins with a command and is not an assignment."""
    if first == len(lines) or _first_filled(lines, first + 1) != len(lines):
        return False
    word = _word(lines[first])
    rest = lines[first][len(word) :]
    return (
        word in _SINGLE_LINE_COMMANDS
        and rest[:1] in ("", " ", "\t")
        and rest.lstrip()[:1] not in ("=", ",", "(")
    )


def _end_of_continuation(lines: list[str], start: int) -> int:
    end = start
    while lines[end].endswith("\\") and end + 1 < len(lines):
        end += 1
    return end


def _joined(head: str, lines: list[str], start: int, end: int) -> str:
    parts = [head, *lines[start + 1 : end + 1]]
    return " ".join(part.removesuffix("\\").strip() for part in parts).strip()


class _Scanner:
    """Walks logical lines, telling strings, comments and brackets apart well enough to see where a
    statement begins.

    Python's `tokenize` cannot be used for it: it gives up at the first shell command with an apostrophe in
    it.
    """

    def __init__(self, lines: list[str], magics: list[Magic]) -> None:
        self.lines = lines
        self.magics = magics

    def run(self, first: int) -> None:
        number = first
        while number < len(self.lines):
            line = self.lines[number]
            start = len(line) - len(line.lstrip(" \t\f"))
            if line[start : start + 1] and line[start] in _ESCAPES:
                number = self._escape(number, start)
            else:
                number = self._logical_line(number, start)

    def _escape(self, number: int, start: int) -> int:
        line = self.lines[number]
        end = _end_of_continuation(self.lines, number)
        text = _joined(line[start:], self.lines, number, end)
        if _HELP.fullmatch(text) or text.startswith("?"):
            magic = Magic("?", text.strip("?"), number)
        elif text.startswith("!"):
            magic = Magic("!", text.lstrip("!").strip(), number)
        elif text.startswith("%"):
            name, _, argument = text[1:].strip().partition(" ")
            magic = Magic(name, argument.strip(), number)
        else:
            magic = Magic(
                "?", text, number
            )  # autocall: `,f a b`, `;f a b`, `/f a`; a call of f, nothing bound
        plain = _timed_statement(line, start) if end == number and magic.name in ("time", "prun") else ""
        if plain:
            self.lines[number] = plain
        else:
            self.magics.append(magic)
            self.lines[number] = line[:start] + "pass"
        for following in range(number + 1, end + 1):
            self.lines[following] = ""
        return end + 1

    def _logical_line(self, number: int, start: int) -> int:
        """Scan one logical line from `number`; rewrite it when it is an assignment from a magic or
        asks for help.
        """
        depth, column, current = 0, start, number
        quote = ""
        assigned = False
        last = ""  # the last character of code on this logical line
        while True:
            line = self.lines[current]
            continued = False
            while column < len(line):
                char = line[column]
                if quote:
                    if char == "\\":
                        column += 2
                        continue
                    if line.startswith(quote, column):
                        column += len(quote)
                        quote = ""
                        last = "'"
                        continue
                    column += 1
                    continue
                if char in "'\"":
                    quote = char * 3 if line.startswith(char * 3, column) else char
                    column += len(quote)
                    continue
                if char == "#":
                    last = "#" if depth == 0 else last
                    break
                if char == "\\" and column == len(line) - 1:
                    continued = True
                    break
                if char in "([{":
                    depth += 1
                elif char in ")]}":
                    depth = max(0, depth - 1)
                elif char == "=" and depth == 0 and not assigned and _is_assignment(line, column):
                    assigned = True
                    if self._magic_value(current, column):
                        return _end_of_continuation(self.lines, current) + 1
                if not char.isspace():
                    last = char
                column += 1
            if len(quote) == 1 and not line.endswith("\\"):
                quote = ""  # an unfinished string ends with its line; the parser will say so
            if (quote or depth or continued) and current + 1 < len(self.lines):
                current += 1
                column = 0
                continue
            break
        if last == "?" and not quote and not depth:
            self._help(number, current, start)
        return current + 1

    def _magic_value(self, number: int, column: int) -> bool:
        """Rewrite `name = %magic …` and `name = !command …`; say whether it was one."""
        line = self.lines[number]
        value = line[column + 1 :].lstrip(" \t")
        shell = value.startswith("!") and not value.startswith("!=")
        if not shell and not (value.startswith("%") and _IDENTIFIER.match(value[1:])):
            return False
        end = _end_of_continuation(self.lines, number)
        text = _joined(value[1:], self.lines, number, end)
        name, _, argument = ("!", "", text) if shell else text.partition(" ")
        self.magics.append(Magic(name, argument.strip(), number, assigned=True))
        self.lines[number] = f"{line[: column + 1]} None"
        for following in range(number + 1, end + 1):
            self.lines[following] = ""
        return True

    def _help(self, number: int, end: int, start: int) -> None:
        line = self.lines[end].rstrip()
        match = re.search(_HELP.pattern, line)
        if match is None:
            return
        self.magics.append(Magic("?", match[0].rstrip("?"), number))
        self.lines[number] = self.lines[number][:start] + "pass"
        for following in range(number + 1, end + 1):
            self.lines[following] = ""


def _is_assignment(line: str, column: int) -> bool:
    return line[column + 1 : column + 2] != "=" and line[column - 1 : column] not in tuple("=!<>+-*/%&|^@:")


def _timed_statement(line: str, start: int) -> str:
    """`%time statement` as `pass; statement`, in place (both begin with six characters); "" when it
    cannot be.
    """
    match = re.match(r"%time (?![ ]*-)", line[start:])
    if match is None:
        return ""
    statement = line[start + match.end() :]
    word = _word(statement.lstrip())
    compound = {"for", "while", "if", "with", "try", "def", "class", "async", "match"}
    if not statement.strip() or word in compound:
        return ""
    return f"{line[:start]}pass; {statement}"
