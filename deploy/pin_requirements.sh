#!/bin/bash
# Pin what requirements.in and requirements-dev.in ask for, with hashes, for every platform and Python from 3.11.
set -euo pipefail
cd "$(dirname "$0")/.."

for name in requirements requirements-dev; do
    .venv/bin/python -m uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --custom-compile-command "make requirements" "$name.in" -o "$name.txt"
done
