"""Drawings as strokes of a pen, and the files that hold them."""
