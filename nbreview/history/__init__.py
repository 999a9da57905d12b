"""git: the history of one notebook, through one hardened command line."""
