"""The team lead's pages: the team's open cases, and the hand-over of an absent colleague's."""
