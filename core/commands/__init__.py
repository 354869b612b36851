"""The commands of the command line, one module each: `run` takes the arguments and returns the exit code.

0: done; 1: failed. The argument parser exits with 2 for wrong usage. Nothing here needs a display.
"""
