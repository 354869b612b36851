"""How cost grows with drawings, sets of digits, models, curves and one's digits; `benchmarks.speed.scale` runs it."""
