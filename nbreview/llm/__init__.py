"""Engines: a language model in a child process, spoken to in frames over pipes."""
