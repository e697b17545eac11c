"""Where do tests run? In a sealed room: no home, no Git settings, no network, one time zone, one set of examples."""

import contextlib
import ipaddress
import os
import shutil
import socket
import tempfile
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

NO_SKIP = "SALESREPO_NO_SKIP"
_SCRUBBED = ("SALESREPO_", "GIT_", "GITHUB_", "GH_", "GITLAB_", "CI_", "SSH_", "XDG_", "LC_", "HYPOTHESIS_")
_SCRUBBED_NAMES = {"CI", "NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "COLUMNS", "LINES", "LANGUAGE", "EMAIL", "EDITOR"}
_NOWHERE = "http://127.0.0.1:9"  # the discard port: whatever asks a proxy fails at once

_MEMORY, _ROOM = "/dev/shm", 4 << 30

_home = pytest.StashKey[Path]()
_no_skip = pytest.StashKey[bool]()

settings.register_profile("salesrepo", derandomize=True, deadline=None, max_examples=50)
settings.load_profile("salesrepo")


def sealed_environment(home: Path) -> dict[str, str]:
    """The variables that a test and every process it starts see, beyond the path and the like."""
    who = {"NAME": "Test Person", "EMAIL": "test@example.invalid", "DATE": "2026-01-05T09:00:00Z"}
    return {
        "HOME": str(home),
        "USERPROFILE": str(home),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "XDG_CACHE_HOME": str(home / ".cache"),
        "XDG_DATA_HOME": str(home / ".local/share"),
        "XDG_STATE_HOME": str(home / ".local/state"),
        "HYPOTHESIS_STORAGE_DIRECTORY": str(home / "hypothesis"),
        **{f"GIT_{role}_{part}": value for role in ("AUTHOR", "COMMITTER") for part, value in who.items()},
        "GIT_CONFIG_GLOBAL": str(home / "gitconfig"),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_ALLOW_PROTOCOL": "file",
        "GIT_SSH_COMMAND": "false",
        **{name: _NOWHERE for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")},
        "no_proxy": "127.0.0.1,localhost",
        "NO_PROXY": "127.0.0.1,localhost",
        "TZ": "UTC",
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "TERM": "xterm-256color",
    }


def _work_in_memory() -> None:
    """Put what tests write where no disk is waited for, if the machine has such a place with room to spare."""
    with contextlib.suppress(OSError):
        if "TMPDIR" not in os.environ and shutil.disk_usage(_MEMORY).free > _ROOM:
            os.environ["TMPDIR"] = _MEMORY
            tempfile.tempdir = None


def pytest_configure(config: pytest.Config) -> None:
    _work_in_memory()
    config.stash[_no_skip] = bool(os.environ.get(NO_SKIP))
    home = Path(tempfile.mkdtemp(prefix="salesrepo-tests-"))
    config.stash[_home] = home
    # Only what keeps Git quiet and alike everywhere; who commits comes from the variables above.
    (home / "gitconfig").write_text("[init]\n\tdefaultBranch = main\n[core]\n\tautocrlf = false\n", encoding="utf-8")
    for name in [n for n in os.environ if n.startswith(_SCRUBBED) or n in _SCRUBBED_NAMES]:
        del os.environ[name]
    os.environ.update(sealed_environment(home))
    if hasattr(time, "tzset"):
        time.tzset()
    _close_network()


def pytest_unconfigure(config: pytest.Config) -> None:
    shutil.rmtree(config.stash[_home], ignore_errors=True)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if _skipped(session.config) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if names := _skipped(config):
        terminalreporter.section(f"{len(names)} skipped, and {NO_SKIP} is set: that is a failure", red=True, bold=True)
        for name in names:
            terminalreporter.write_line(name)


def _skipped(config: pytest.Config) -> list[str]:
    """Names of the tests that did not run, where that counts as a failure; known in the process that reports."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or not config.stash[_no_skip]:
        return []
    return sorted({report.nodeid for report in reporter.stats.get("skipped", [])})


def _close_network() -> None:
    """Let sockets of this process reach this machine and nothing else."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def guarded_connect(self: socket.socket, address: Any) -> None:
        _refuse_far(self, address)
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        _refuse_far(self, address)
        return connect_ex(self, address)

    socket.socket.connect = guarded_connect  # type: ignore[assignment, method-assign]
    socket.socket.connect_ex = guarded_connect_ex  # type: ignore[assignment, method-assign]


def _refuse_far(sock: socket.socket, address: Any) -> None:
    if sock.family not in (socket.AF_INET, socket.AF_INET6):
        return
    host = address[0]
    try:
        near = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        near = False
    if not near:
        raise RuntimeError(f"a test tried to reach {host}: tests have no network")
