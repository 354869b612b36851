"""The pad's content: strokes, or the ink of a picture with strokes on it."""
