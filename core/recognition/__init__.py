"""What a model makes of an image: answers, verdicts, and how good they are."""
