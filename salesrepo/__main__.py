"""`python -m salesrepo`: the same door as the `salesrepo` command."""

from salesrepo.cli.app import main

main()
