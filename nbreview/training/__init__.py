"""Decisions and git history turned into data sets."""
