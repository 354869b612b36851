"""Trained models on disk: bundles, their cards, and the library."""
