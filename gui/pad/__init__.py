"""The pad: its document, how it is drawn on and painted, and the files that it opens and saves."""
