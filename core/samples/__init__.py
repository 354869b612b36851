"""The user's own digits: what was drawn or seen, what it is, who wrote it, and where all of that is kept."""
