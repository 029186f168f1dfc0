"""A team's month: answers to dilemmas, and where people and the machine parted, for the team to learn from."""
