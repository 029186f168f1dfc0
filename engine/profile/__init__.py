"""What the columns of a log are, and which of them cannot be a fact known at intake: one file for each reason."""
