"""The JSON API: what a caseworker does on the pages, done by a system on behalf of somebody who is signed in."""
