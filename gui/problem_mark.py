"""Marking a field or a sentence as the place of a problem; the style sheet says what that looks like."""

from PySide6.QtWidgets import QWidget


def mark_problem(widget: QWidget, is_problem: bool) -> None:
    """Show `widget` as the place of a problem, or as none."""
    if bool(widget.property("problem")) != is_problem:
        widget.setProperty("problem", is_problem)
        widget.style().polish(widget)
