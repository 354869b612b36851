"""The windows About and Help."""
