"""No word that is typed into a form of a case is lost: it is kept on the server until the form is stored."""
