"""Alignment and diff of notebooks: pure functions from two `Notebook`s to one `NotebookDiff`."""
