"""Say when the pretend sales site answers: ``python -m toiya.sandbox.announcing 8801``."""

import sys
import time
import urllib.error
import urllib.request

LONGEST_START_SECONDS = 60.0


def main(port: int) -> None:
    """
    Ask the site for a sign of life until it gives one, then tell whoever reads our output.

    A process of its own and no thread of the site: that one forks its worker, and a worker forked while a thread is in
    the middle of an import waits for that import for ever as soon as it needs it too.
    """
    end = time.monotonic() + LONGEST_START_SECONDS
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_control/health", timeout=5):
                sys.stdout.write(f"Pretend sales site on http://127.0.0.1:{port}/\nready\n")
                sys.stdout.flush()
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)


if __name__ == "__main__":
    main(int(sys.argv[1]))
