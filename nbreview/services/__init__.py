"""ReviewSession and the few use cases that join the rooms below."""
