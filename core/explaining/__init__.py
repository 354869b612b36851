"""Why a network answers as it does: its layers in NumPy, evidence, neighbours, and what would change the answer."""
