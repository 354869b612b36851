"""The command line's verbs, one module each: `run` takes what was typed and returns the exit code.

0: done; 1: could not do it. Wrong usage, 2, is answered by the argument parser. Nothing here needs a display.
"""
