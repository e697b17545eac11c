"""ssh and sshd in one: the name before the @ stands for a key, and what authorized_keys says of it runs right here.

FAKE_SSHD_KEYS names a JSON file {name: forced command}. As over a real connection, of the caller's variables only those
of the machine are left, and FAKE_SSHD_ACCEPTS (AcceptEnv) names one more.
"""

import json
import os
import shlex
import sys
from pathlib import Path

MACHINE = ("PATH", "PYTHONPATH", "HOME", "TZ", "LANG", "SALESREPO_CLOCK", os.environ.get("FAKE_SSHD_ACCEPTS", ""))


def main(words: list[str]) -> None:
    """Read the command line as OpenSSH does, and become the forced command."""
    while words and words[0] in ("-o", "-p", "-4", "-6"):
        words = words[2 if words[0] in ("-o", "-p") else 1 :]
    target, *command = words[1:] if words[0] == "--" else words
    keys = json.loads(Path(os.environ["FAKE_SSHD_KEYS"]).read_text(encoding="utf-8"))
    forced = keys.get(target.partition("@")[0])
    if forced is None:
        sys.stderr.write(f"{target}: Permission denied (publickey).\n")
        raise SystemExit(255)
    env = {name: os.environ[name] for name in MACHINE if name in os.environ}
    program = [sys.executable, "-m", *shlex.split(forced)]
    os.execve(program[0], program, {**env, "SSH_ORIGINAL_COMMAND": " ".join(command)})


if __name__ == "__main__":
    main(sys.argv[1:])
