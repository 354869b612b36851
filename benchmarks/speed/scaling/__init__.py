"""How cost grows with drawings, sets of digits, models and curves; `benchmarks.speed.scale` runs it."""
