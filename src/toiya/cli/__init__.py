"""The commands of ./toiya, one file each; `commands.py` is their table."""
