"""A diff as rows, geometry, highlighting and text: no Qt."""
