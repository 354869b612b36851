"""What judges a model: digits and non-digits that training never uses, and the counting of what it makes of them."""
