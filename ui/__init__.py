"""Where people meet Stafet: command line, web pages by actor, sign-in."""
