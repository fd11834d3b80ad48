"""What `make` runs first: `python3 config/bootstrap.py help|run|test|check|bench`.

Any Python must be able to read this file, so that one that is too old gets a sentence
instead of a SyntaxError: no annotations, no f-strings. What follows is in config/make/.
"""

import os
import sys

if sys.version_info < (3, 11):
    sys.exit(
        "Python {}.{} is too old; Cairn needs 3.11 or newer. "
        "Install it and run: make {} PYTHON=python3.11".format(
            sys.version_info[0], sys.version_info[1], " ".join(sys.argv[1:2]) or "run"
        )
    )

# In place of config/: its modules are found as config.…, and never by mistake.
sys.path[0] = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

from config.make.targets import main  # noqa: E402

main(sys.argv[1:])
