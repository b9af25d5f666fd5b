"""The scripts behind `make run` and `make test`."""

import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
NODE = "site-packages/playwright/driver/node"


def run(*command, cwd, **environment):
    return subprocess.run(
        command,
        cwd=cwd,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def installation(tmp_path):
    """A folder with a space in its name that has the scripts and a virtual environment."""
    folder = tmp_path / "two words"
    shutil.copytree(ROOT / "deploy", folder / "deploy")
    (folder / ".venv").symlink_to(ROOT / ".venv")
    return folder


@pytest.fixture
def test_run(installation, tmp_path):
    """Run tests/run.sh with a browser, PostgreSQL and Python that are small scripts."""
    shutil.copytree(ROOT / "tests", installation / "tests", ignore=lambda *_: {"__pycache__", "data"})
    (installation / ".venv").unlink()
    programs = tmp_path / "programs"
    programs.mkdir()

    def start(pytest_on_sqlite="true", pytest_on_postgres="true"):
        python = f'if [ -n "${{DATABASE_URL-}}" ]; then {pytest_on_postgres}; else {pytest_on_sqlite}; fi'
        write_program(installation / ".venv" / "bin" / "python", python)
        write_program(installation / ".venv" / "lib" / "python3" / NODE, "true")
        write_program(installation / "tests" / "with_postgres.sh", 'DATABASE_URL=postgres://x "$@"')
        for name in ("chromium", "initdb"):
            write_program(programs / name, "true")
        return subprocess.Popen(
            ["tests/run.sh"],
            cwd=installation,
            env={"PATH": f"{programs}:{os.environ['PATH']}", "TMPDIR": str(tmp_path)},
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
            # Where the tests run behind a script, nothing they start would be interrupted.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )

    return start


def write_program(path, script):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/bash\n{script}\n")
    path.chmod(0o755)


def test_local_installation_keeps_its_secret_key_to_itself(installation):
    first = run("deploy/local.sh", "printenv", "SECRET_KEY", cwd=installation)
    second = run("deploy/local.sh", "printenv", "SECRET_KEY", cwd=installation)

    assert len(first.stdout.strip()) >= 50
    assert first.stdout == second.stdout
    assert stat.S_IMODE((installation / "var" / "secret-key").stat().st_mode) == 0o600


def test_local_installation_follows_the_port(installation):
    told = run("deploy/local.sh", "printenv", "SITE_URL", cwd=installation, PORT="9000")

    assert told.stdout == "http://127.0.0.1:9000\n"


def test_local_installation_leaves_what_the_environment_and_env_file_say(installation):
    (installation / ".env").write_text("SITE_URL=https://relations.example.org\n")

    told = run("deploy/local.sh", "env", cwd=installation, ALLOWED_HOSTS="relations.example.org")

    lines = told.stdout.splitlines()
    assert "ALLOWED_HOSTS=relations.example.org" in lines
    assert not [line for line in lines if line.startswith("SITE_URL=")]


def test_missing_package_is_named_to_who_cannot_install_it(tmp_path):
    (tmp_path / "id").write_text("#!/bin/sh\necho 1000\n")
    (tmp_path / "id").chmod(0o755)

    refused = run(
        ROOT / "deploy" / "system_packages.sh",
        "chromium",
        cwd=ROOT,
        PATH=f"{tmp_path}:{os.environ['PATH']}",
    )

    assert refused.returncode == 1
    assert "Missing on this machine: chromium." in refused.stderr


def test_python_without_venv_says_which_package_brings_it(installation, tmp_path):
    (installation / ".venv").unlink()
    for name, answer in (("python3.11", '[ "$2" != "import ensurepip" ]'), ("id", "echo 1000")):
        (tmp_path / name).write_text(f"#!/bin/sh\n{answer}\n")
        (tmp_path / name).chmod(0o755)

    refused = run(
        "deploy/virtual_environment.sh",
        "requirements.txt",
        cwd=installation,
        PATH=f"{tmp_path}:{os.environ['PATH']}",
    )

    assert refused.returncode == 1
    assert "apt-get install python3-venv" in refused.stderr


def test_throwaway_postgres_answers_and_vanishes_when_the_command_fails():
    ask = """
import os, sys, psycopg
address = os.environ["DATABASE_URL"]
print(address.partition("host=")[2], psycopg.connect(address).execute("SELECT lower('ƏİQ')").fetchone()[0])
sys.exit(7)
"""

    finished = run("tests/with_postgres.sh", sys.executable, "-c", ask, cwd=ROOT)

    folder, answer = finished.stdout.split()
    folder = Path(folder)
    assert finished.returncode == 7, finished.stderr
    assert answer == "əi̇q"
    assert folder.name.startswith("bilateral-postgres.")
    assert not folder.exists()


@pytest.mark.parametrize(
    ("on_sqlite", "on_postgres", "status"),
    [
        ("true", "true", 0),
        ("exit 1", "true", 1),
        ("true", "exit 1", 1),
        # No tests at all: chosen were some that need a browser, or none.
        ("true", "exit 5", 0),
        ("exit 5", "exit 5", 1),
    ],
)
def test_failure_on_either_database_is_a_failure(test_run, on_sqlite, on_postgres, status):
    running = test_run(on_sqlite, on_postgres)
    told, _ = running.communicate(timeout=60)

    assert running.returncode == status
    assert ("SQLite failed" in told) == (on_sqlite != "true")


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_tests_end_and_leave_no_folder(test_run, how):
    # pytest ends an interrupted run with a status of its own.
    running = test_run("trap 'exit 2' INT; mkdir $TMPDIR/left; echo $TMPDIR; sleep 60", "echo never")
    running.stdout.readline()
    folder = Path(running.stdout.readline().strip())
    assert (folder / "left").exists()
    os.killpg(running.pid, how)
    told, _ = running.communicate(timeout=30)

    assert running.returncode == 128 + how
    assert not folder.exists()
    assert "PostgreSQL" not in told


def ended(process: int) -> bool:
    """Its parent may take a moment to notice, or for ever where that is a container's first process."""
    command = Path(f"/proc/{process}/cmdline")
    for _ in range(50):
        if not (command.exists() and command.read_text()):
            return True
        time.sleep(0.1)
    return False


def test_throwaway_postgres_vanishes_when_interrupted():
    with subprocess.Popen(
        ["tests/with_postgres.sh", "bash", "-c", "echo ${DATABASE_URL#*host=}; sleep 60"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as running:
        folder = Path(running.stdout.readline().strip())
        server = int((folder / "data" / "postmaster.pid").read_text().split()[0])
        os.killpg(running.pid, signal.SIGINT)

    assert running.returncode == 130
    assert not folder.exists()
    assert ended(server)


def test_server_does_not_share_a_port():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        refused = run("deploy/serve.sh", cwd=ROOT, PORT=port)

    assert refused.returncode == 1
    assert f"Port {port} is taken." in refused.stderr


def test_requirements_have_hashes_and_name_no_index():
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text()
        pins = [line for line in text.splitlines() if line[:1].isalnum()]

        assert len(pins) >= 25
        assert all(line.endswith("\\") for line in pins)
        assert not any(word in text for word in ("://", "--find-links", "index-url"))
