"""The closed cases most like the one on the page: how long they took, what made them work, and what they share."""
