#!/bin/bash
# Run a command with the settings of a local installation, wherever neither the environment nor .env says otherwise.
set -euo pipefail
cd "$(dirname "$0")/.."

is_set() { [ -n "${!1+set}" ] || grep -qs "^$1=" .env; }

mkdir -p -m 700 var
if [ ! -s var/secret-key ]; then
    (umask 077 && .venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(64))' >var/secret-key)
fi
is_set SECRET_KEY || export SECRET_KEY="$(cat var/secret-key)"
is_set ALLOWED_HOSTS || export ALLOWED_HOSTS=127.0.0.1,localhost
is_set SITE_URL || export SITE_URL="http://127.0.0.1:${PORT:-8000}"
exec "$@"
