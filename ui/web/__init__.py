"""The web app around the pages: who asks, what may pass, how a page is made."""
