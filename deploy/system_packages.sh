#!/bin/bash
# Install Debian packages as root; as anybody else, say which ones are missing.
set -euo pipefail

if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "Missing on this machine: $*. Install it first, on Debian with: apt-get install $*" >&2
    exit 1
fi
echo "Installing $* ..."
apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes --no-install-recommends "$@" >/dev/null
