"""Which refs does a repository hold?"""

from pathlib import Path

from salesrepo.vcs.run import git


def refs(repo: Path, prefix: str) -> dict[str, str]:
    """Every ref below a prefix such as `refs/pull/` with the object that it names."""
    out = git(repo, "for-each-ref", "--format=%(objectname) %(refname)", "--end-of-options", prefix)
    pairs = (line.split(" ", 1) for line in out.decode("utf-8", "surrogateescape").splitlines())
    return {name: oid for oid, name in pairs}
