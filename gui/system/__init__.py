"""What the window needs of Qt and the machine: background work, displays, folders, unexpected errors."""
