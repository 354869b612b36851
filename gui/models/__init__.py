"""The window “Models”."""
