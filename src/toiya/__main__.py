"""What `python -m toiya` runs."""

import sys

from toiya.cli.commands import main

if __name__ == "__main__":  # the web server's processes import this file again
    sys.exit(main(sys.argv[1:]))
