"""The page that shows what happens inside the network: its layers, similar digits, and what it still reads."""
