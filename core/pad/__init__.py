"""What is on the pad: strokes, or the ink of a picture with strokes on it."""
