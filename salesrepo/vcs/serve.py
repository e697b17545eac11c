"""How a repository is read or written by somebody at the other end of an ssh connection, through Git's own programs."""

from pathlib import Path

from salesrepo.errors import UnavailableError
from salesrepo.vcs.run import hand_over

_LIMIT = 3600.0
_IDLE = 300  # seconds without a byte after which a caller is given up
_LARGEST = 1 << 30  # bytes that one push may hold

# The forge's own notes are not offered: they grow with every event, and whoever wants to know asks for proposals.
_READING = ("-c", "uploadpack.hideRefs=refs/forge")
# Of the repository whose objects a fork borrows, the branches are enough to know what need not be sent.
_WRITING = ("-c", f"receive.maxInputSize={_LARGEST}", "-c", "core.alternateRefsPrefixes=refs/heads")


def upload_pack(repo: Path) -> None:
    """Let the caller fetch from `repo` over this process's input and output. Raises UnavailableError when cut short."""
    _ended(hand_over(*_READING, "upload-pack", "--strict", f"--timeout={_IDLE}", str(repo), limit=_LIMIT))


def receive_pack(repo: Path) -> None:
    """Let the caller push into `repo`, objects checked, no hook run. Raises UnavailableError when cut short."""
    _ended(hand_over(*_WRITING, "receive-pack", str(repo), limit=_LIMIT))


def _ended(code: int) -> None:
    if code != 0:
        raise UnavailableError("The transfer did not end well.", hint="Try again.")
