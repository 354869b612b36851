"""How good a model is, in detail: every answer, every mistake, beside another model, and on damaged digits."""
