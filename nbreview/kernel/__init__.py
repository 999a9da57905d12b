"""Jupyter kernels of this machine."""
