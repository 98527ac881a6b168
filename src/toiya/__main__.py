"""What `python -m toiya` runs."""

import sys

from toiya.cli.commands import main

sys.exit(main(sys.argv[1:]))
