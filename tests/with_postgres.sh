#!/bin/bash
# Run a command with DATABASE_URL set to a PostgreSQL of its own, which vanishes afterwards.
set -euo pipefail

initdb=$(command -v initdb || printf '%s\n' /usr/lib/postgresql/*/bin/initdb | sort -V | tail -1)
programs=$(dirname "$(readlink -f "$initdb")")
# Sockets need a short path, so not the folder of TMPDIR.
folder=$(mktemp -d /tmp/bilateral-postgres.XXXXXX)

# PostgreSQL refuses to run as root.
owner=()
if [ "$(id -u)" = 0 ]; then
    name=$(id -nu postgres 2>/dev/null || echo nobody)
    chown "$name" "$folder"
    owner=(setpriv --reuid="$name" --regid="$(id -g "$name")" --clear-groups env HOME="$folder")
fi
# In a session of its own, Ctrl-C does not break off what must be stopped and cleared away in order.
as_owner() { (cd / && setsid --wait "${owner[@]}" "$@"); }

stop() {
    as_owner "$programs/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true
    rm -rf "$folder"
}
trap stop EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

as_owner "$programs/initdb" -D "$folder/data" -U bilateral --auth=trust --encoding=UTF8 \
    --locale=C.UTF-8 --locale-provider=icu --icu-locale=und --no-sync >"$folder/initdb.log" 2>&1 ||
    { cat "$folder/initdb.log" >&2; exit 1; }
# Nothing here outlives the tests: no need to wait for the disk.
cat >>"$folder/data/postgresql.conf" <<END
unix_socket_directories = '$folder'
listen_addresses = ''
max_connections = 60
fsync = off
synchronous_commit = off
full_page_writes = off
# What a test writes is never committed: counted by then, every table is empty, and plans are made for that.
autovacuum = off
END
as_owner "$programs/pg_ctl" -D "$folder/data" -w -l "$folder/server.log" start >/dev/null ||
    { cat "$folder/server.log" >&2; exit 1; }

export DATABASE_URL="postgres://bilateral@/postgres?host=$folder"
"$@"
