"""nbreview: review Jupyter notebooks over their git history."""

__version__ = "0.1.0"
