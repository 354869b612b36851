"""In place of TensorFlow's library that asks other machines for profiles; `import tensorflow` only wants its name."""
