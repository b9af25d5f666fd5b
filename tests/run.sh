#!/bin/bash
# All tests on SQLite, those in a browser included, and all but those again on PostgreSQL.
set -uo pipefail
cd "$(dirname "$0")/.."

command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null ||
    deploy/system_packages.sh chromium || exit 1
command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 ||
    deploy/system_packages.sh postgresql || exit 1

echo "== SQLite and a browser =="
env --unset=DATABASE_URL .venv/bin/python -m pytest "$@"
sqlite=$?
echo "== PostgreSQL =="
tests/with_postgres.sh .venv/bin/python -m pytest -m "not browser" "$@"
postgres=$?
exit $((sqlite || postgres))
