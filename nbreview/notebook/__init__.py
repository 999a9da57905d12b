"""The document: bytes → `Notebook`, and back without touching what did not change."""
