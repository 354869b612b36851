"""How cost grows with drawings, sets of digits, models and curves; `benchmarks.scale` runs it."""
