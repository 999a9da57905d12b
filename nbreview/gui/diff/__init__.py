"""The diff canvas: custom painted, virtual."""
