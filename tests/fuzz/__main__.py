"""`make fuzz`: hostile requests and mutated pictures, as many as are asked for. Ends with 1 where there is a finding.

python -m tests.fuzz [requests] [pictures]     100,000 and 10,000 where nothing is said; 0 leaves a part out
"""

import sys

from tests.fuzz import requests


def main(arguments):
    wanted = [int(argument) for argument in arguments] + [100_000, 10_000][len(arguments) :]
    code = requests.main(wanted[0]) if wanted[0] else 0
    if wanted[1]:
        from tests.fuzz import pictures  # noqa: PLC0415 - the pictures' own tools load slowly

        code |= pictures.main(wanted[1])
    return code


sys.exit(main(sys.argv[1:]))
