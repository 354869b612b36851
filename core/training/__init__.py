"""What a training run is, without Keras: its specification, its events, and what it learns from."""
