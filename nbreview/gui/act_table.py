"""The table of every act of the review window.

Menus, shortcuts and the command palette are all made from `ACTS`, so that an act cannot be in one of them and
missing from another. An act is known elsewhere by its id.
"""

from nbreview.gui.act import Act
from nbreview.gui.acts_reading import READING
from nbreview.gui.acts_working import WORKING

ACTS: tuple[Act, ...] = (*READING, *WORKING)
