"""Pictures of digits in every form that people send, and of what is no digit: how the app reads their files."""
