"""What several commands take, said once."""

from pathlib import Path

import click

from nbreview import paths

PATH = click.Path(path_type=Path, readable=False)
"""A file or folder. Whether it can be read is found out, and said in a sentence, by what reads it."""

store_option = click.option("--store", type=PATH, envvar=paths.STORE_VARIABLE, help="Store to use.")
