"""Pictures from outside: measured before they are decoded, and searched for the digit in them."""
