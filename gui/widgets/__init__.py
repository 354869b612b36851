"""Widgets and looks that every page uses."""
