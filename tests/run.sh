#!/bin/bash
# All tests on SQLite, those in a browser included, and all but those on PostgreSQL at the same time.
set -uo pipefail
cd "$(dirname "$0")/.."

is_there() { command -v "$@" >/dev/null 2>&1; }

missing=()
is_there chromium || is_there chromium-browser || is_there google-chrome || missing+=(chromium)
is_there initdb || is_there /usr/lib/postgresql/*/bin/initdb || missing+=(postgresql)
# Playwright brings a Node.js that needs a library more than the smallest Debian has.
.venv/lib/python3*/site-packages/playwright/driver/node --version >/dev/null 2>&1 || missing+=(libatomic1)
[ ${#missing[@]} = 0 ] || deploy/system_packages.sh "${missing[@]}" || exit 1

# pytest and Chromium leave folders behind, the more so when they are interrupted.
TMPDIR=$(mktemp -d -t bilateral-tests.XXXXXX) || exit 1
export TMPDIR
beside=
stop() {
    [ -z "$beside" ] || { kill -TERM -- "-$beside" && wait "$beside"; } 2>/dev/null
    rm -rf "$TMPDIR"
}
trap stop EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# Each takes one core and no more: together they take half the time. In a process group of its own, what runs
# beside can be ended with all that it started.
set -m
tests/with_postgres.sh .venv/bin/python -m pytest -m "not browser" "$@" >"$TMPDIR/postgres.log" 2>&1 &
beside=$!
set +m
echo "== SQLite and a browser =="
env --unset=DATABASE_URL .venv/bin/python -m pytest "$@"
sqlite=$?
[ $sqlite = 0 ] && echo "== PostgreSQL ==" || echo "== PostgreSQL (SQLite failed, see above) =="
wait "$beside"
postgres=$?
beside=
cat "$TMPDIR/postgres.log"
# pytest's word for no tests at all: those chosen need a browser.
[ $postgres != 5 ] || postgres=0
exit $((sqlite || postgres))
