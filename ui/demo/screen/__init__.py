"""What the invented people do on the review screen beside deciding, from the day on which the office has it."""
