"""One module a command group; no logic of its own."""
