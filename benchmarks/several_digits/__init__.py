"""How well numbers of several digits are read; `python -m benchmarks.several_digits` prints the table."""
