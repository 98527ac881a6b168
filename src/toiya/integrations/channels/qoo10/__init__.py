"""Qoo10 Japan through its QAPI."""
