"""`python -m realstaging`."""

from realstaging.cli import main

main()
