"""Recognition: answers, verdicts, their stability while drawing, and their accuracy."""
