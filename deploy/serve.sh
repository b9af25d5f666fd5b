#!/bin/bash
# Serve the site. A thread waits for the body of a request, so there are many more of them than processors:
# fifty clients that send one byte a second leave room for everyone else.
set -euo pipefail
cd "$(dirname "$0")/.."

BIND=${BIND:-127.0.0.1}
PORT=${PORT:-8000}
# The server itself would share the port with another one of the same user, and half of the requests.
if (exec 3<>"/dev/tcp/$BIND/$PORT") 2>/dev/null; then
    echo "Port $PORT is taken. Choose another with PORT=." >&2
    exit 1
fi

echo "Serving ${SITE_URL:-} (Ctrl-C stops)"
# Ctrl-C reaches every process of a terminal, and a worker that is told twice to stop hangs: in a session of its
# own, only the first process is told, and tells its workers.
setsid .venv/bin/python -m granian config.wsgi:application \
    --interface wsgi --http 1 --no-ws \
    --host "$BIND" --port "$PORT" \
    --workers 2 --blocking-threads 64 --backlog 1024 \
    --http1-header-read-timeout 10000 \
    --respawn-failed-workers --workers-kill-timeout 10 \
    --log-level error &
server=$!
trap 'kill "$server"; wait "$server"; exit' INT TERM HUP
wait "$server"
