"""The model in use, and its answers while somebody draws."""
