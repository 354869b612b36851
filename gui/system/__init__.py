"""What the window needs from Qt and the system: background work, displays, folders, unexpected errors."""
