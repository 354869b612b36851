"""Labelled digits: MNIST, parts of it, and the user's own files, all checked before they are used."""
