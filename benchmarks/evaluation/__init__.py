"""How good a model is: judged on digits and non-digits that training never uses."""
