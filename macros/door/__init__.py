"""The commands, from nothing but Python and git: this room imports the standard library alone."""
