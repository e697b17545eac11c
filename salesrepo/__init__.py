"""salesrepo: a company's sales organisation in one Git repository."""

__version__ = "0.1.0"
