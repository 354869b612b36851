"""The model in use, and its answers during drawing."""
