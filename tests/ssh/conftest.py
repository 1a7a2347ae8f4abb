"""A real SSH server on the loopback address, for the account that runs the tests."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

import gztrack
from needs import missing, tool

SSHD = shutil.which("sshd", path="/usr/sbin:/usr/local/sbin:/usr/bin")


class Server:
    """A running sshd and the client's options that reach it."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.port = port

    @property
    def key(self) -> Path:
        """The client's public key."""
        return self.folder / "key.pub"

    @property
    def options(self) -> list[str]:
        """What ssh, scp and sftp are told alike."""
        return [
            *("-i", str(self.folder / "key"), "-F", "/dev/null"),
            *("-o", "StrictHostKeyChecking=no", "-o", f"UserKnownHostsFile={self.folder}/known"),
            *("-o", "BatchMode=yes", "-o", "LogLevel=ERROR"),
        ]

    @property
    def account(self) -> str:
        """Whom to log in as, and where."""
        return f"{pwd.getpwuid(os.getuid()).pw_name}@127.0.0.1"

    def command(self, *remote: str, terminal: bool = False, options: Sequence[str] = ()) -> list[str]:
        """The ssh command line for a remote command."""
        how = ["-tt"] if terminal else ["-T"]
        return ["ssh", *how, "-p", str(self.port), *self.options, *options, self.account, *remote]

    def authorize(self, line: str) -> None:
        """Have the server go by this line of authorized_keys from now on."""
        (self.folder / "authorized").write_text(f"{line}\n", "utf-8")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that lets the client's key do everything."""
    path = f"SetEnv PATH={Path(sys.executable).parent}:/usr/bin:/bin LANG=C.UTF-8 LC_ALL=C.UTF-8"
    with started(tmp_path_factory.mktemp("sshd"), path) as running:
        yield running


@pytest.fixture(scope="session")
def careless(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that takes every variable of a client, and knows a file transfer as a subsystem."""
    settings = "AcceptEnv *\n        Subsystem sftp internal-sftp"
    with started(tmp_path_factory.mktemp("careless"), settings) as running:
        yield running


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment in which this very source is installed, as a gate needs it: without variables."""
    folder = tmp_path_factory.mktemp("installed") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    packages = next((folder / "lib").glob("python3*/site-packages"))
    places = [os.path.abspath(path) for path in sys.path if path and not path.endswith(".zip")]
    source = str(Path(gztrack.__file__).parents[1])
    (packages / "gate.pth").write_text("\n".join([source, *places]) + "\n", "utf-8")
    return folder / "bin" / "python"


@contextmanager
def started(folder: Path, more: str) -> Iterator[Server]:
    """Run a server for as long as it is needed.

    Args:
        folder: For its keys, its configuration and its log.
        more: Further lines of its configuration.
    """
    if SSHD is None:
        missing("there is no sshd here: apt-get install openssh-server")
    tool("ssh", "openssh-client")
    for name in ("host", "key"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)], check=True)
    (folder / "authorized").write_bytes((folder / "key.pub").read_bytes())
    settings = f"""
        ListenAddress 127.0.0.1
        HostKey {folder}/host
        AuthorizedKeysFile {folder}/authorized
        PidFile {folder}/pid
        StrictModes no
        UsePAM no
        PermitRootLogin yes
        PasswordAuthentication no
        KbdInteractiveAuthentication no
        MaxStartups 100
        {more}
    """
    (folder / "config").write_text(settings)
    if os.getuid() == 0:
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
    port, process = _listening(SSHD, folder)
    try:
        yield Server(folder, port)
    finally:
        process.terminate()
        process.wait(10)


def _listening(sshd: str, folder: Path) -> tuple[int, subprocess.Popen[bytes]]:
    """Start the server on a free port, and on another one where somebody was there first."""
    for _ in range(5):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port: int = probe.getsockname()[1]
        with (folder / "log").open("wb") as log:
            words = [sshd, "-D", "-e", "-f", str(folder / "config"), "-p", str(port)]
            process = subprocess.Popen(words, stderr=log)
        end = time.monotonic() + 30
        while time.monotonic() < end and process.poll() is None:
            if b"Server listening on" in (folder / "log").read_bytes():
                return port, process
            time.sleep(0.02)
        process.kill()
        process.wait()
    pytest.fail(f"sshd did not start: {(folder / 'log').read_text()}")
