"""Others than the citizen who have a part in a case: who acts for them, and whom we ask about them."""
