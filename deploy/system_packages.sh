#!/bin/bash
# Install Debian packages as root; as anybody else, say which ones are missing.
set -euo pipefail

if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "Missing on this machine: $*. Install it first, on Debian with: apt-get install $*" >&2
    exit 1
fi

log=$(mktemp)
no_cluster=/etc/postgresql-common/createcluster.d/bilateral.conf
trap 'rm -f "$log" "$no_cluster"' EXIT

if [[ " $* " == *" postgresql "* ]]; then
    # The tests start a PostgreSQL of their own: no other is to be made and started for the whole machine.
    mkdir -p "$(dirname "$no_cluster")"
    echo "create_main_cluster = false" >"$no_cluster"
fi
echo "Installing $* ..."
export DEBIAN_FRONTEND=noninteractive
{ apt-get update && apt-get install --yes --no-install-recommends "$@"; } >"$log" 2>&1 ||
    { cat "$log" >&2; exit 1; }
