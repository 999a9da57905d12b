"""SQLite: every suggestion and decision, kept."""
