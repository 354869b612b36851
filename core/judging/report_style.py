"""How a report looks: on a screen, and printed."""

STYLE = """
body { font-family: Inter, system-ui, sans-serif; color: #1b1e25; max-width: 56em; margin: 2em auto; padding: 0 1em; }
h1 { font-size: 1.6em; } h2 { font-size: 1.2em; margin-top: 2em; }
table { border-collapse: collapse; font-size: 0.9em; }
td, th { padding: 3px 8px; text-align: left; }
th { font-weight: 600; color: #636a78; }
table.numbers td, table.numbers th, table.matrix td, table.matrix th { text-align: right; }
table.matrix td { min-width: 2.4em; border: 1px solid #ffffff; }
td.none { color: #b4b9c4; }
table.pictures td { text-align: center; vertical-align: top; padding: 6px; font-size: 0.8em; }
img { image-rendering: pixelated; }
p.faint { color: #636a78; font-size: 0.85em; }
@media print { body { margin: 0; } h2 { break-after: avoid; } tr { break-inside: avoid; } }
"""
