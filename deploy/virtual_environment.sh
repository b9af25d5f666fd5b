#!/bin/bash
# Make .venv, or bring it up to date, from the pinned packages of one requirements file.
set -euo pipefail
cd "$(dirname "$0")/.."

requirements=$1
installed=.venv/$requirements.sha256

if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    python=$(command -v python3.11 || command -v python3) || { echo "Missing: Python 3.11 or later." >&2; exit 1; }
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
        { echo "Missing: Python 3.11 or later; $python is older." >&2; exit 1; }
    "$python" -c 'import ensurepip' 2>/dev/null || deploy/system_packages.sh python3-venv
    "$python" -m venv --clear .venv
fi
if ! sha256sum --check --status "$installed" 2>/dev/null; then
    echo "Installing the packages of $requirements into .venv ..."
    .venv/bin/python -m pip install --quiet --no-cache-dir --disable-pip-version-check \
        --require-hashes -r "$requirements"
    sha256sum "$requirements" >"$installed"
fi
