"""What happens to a case after its decision: its letter, a complaint, and taking it up again."""
