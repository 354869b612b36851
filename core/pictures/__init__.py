"""Picture files: checked before they are decoded, and searched for a digit."""
