"""Setting one fact of a case right: the form, what can be typed into it, and what is said of it afterwards."""
