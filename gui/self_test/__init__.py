"""`main.py self-test`: drives the real window as a user would."""
