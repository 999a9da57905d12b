"""The words of the window in the reader's language.

Texts are written in English where they are used, inside `tr(…)`; Qt Linguist's tools gather them from there
into `resources/languages/*.ts` (`packaging/languages.py`). What comes from below the window as a `Said` goes
through `spoken`; the rest of it (what a model or another program says) stays as it is. Imports PySide6,
`paths` and `words` only.
"""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator

from nbreview import paths
from nbreview.words import Said

CONTEXT = ""
"""The tools gather texts of functions outside of a class under this context of Qt's."""


def tr(text: str, comment: str = "", n: int = -1) -> str:
    """A text in the language of the window; English where nobody has translated it.

    Parameters
    ----------
    comment:
        Tells equal texts of different meaning apart, for the translator.
    n:
        A number that `%n` stands for, which chooses between singular and plural.
    """
    return QCoreApplication.translate(CONTEXT, text, comment, n)


def spoken(text: str) -> str:
    """A sentence from below the window in its language, if it is a `Said`; any other text as it is."""
    if not isinstance(text, Said):
        return text
    values = {name: spoken(value) if isinstance(value, str) else value for name, value in text.values.items()}
    return tr(text.template).format(**values) if values else tr(text.template)


def QT_TR_NOOP(text: str) -> str:
    """Marks a constant that `tr` will be asked about; the tools know this name."""
    return text


def language_name(chosen: str) -> str:
    """The two letters of a language: what was chosen, or the system's where that is "system"."""
    return QLocale.system().name()[:2] if chosen == "system" else chosen


def install_language(chosen: str, owner: QObject) -> tuple[QTranslator, ...]:
    """Speak a language from now on: our words and Qt's own. What has been written on the window stays.

    English needs no file but for its plurals. Returns the translators, which `owner` owns.
    """
    name, installed = language_name(chosen), []
    folders = (
        (f"nbreview_{name}", str(paths.resource("languages"))),
        (f"qtbase_{name}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
    )
    for file, folder in folders:
        translator = QTranslator(owner)
        if translator.load(file, folder):
            QCoreApplication.installTranslator(translator)
            installed.append(translator)
        elif file.startswith("nbreview_") and translator.load("nbreview_en", folder):
            # A language that nobody has translated to: English, plurals and all.
            QCoreApplication.installTranslator(translator)
            installed.append(translator)
    return tuple(installed)
