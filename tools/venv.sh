#!/usr/bin/env bash
# Make a virtual environment with uv: tools/venv.sh PYTHON FOLDER
set -euo pipefail
python=$1 folder=$2

command -v "$python" >/dev/null || { echo "There is no $python here. Install it: apt-get install python3 python3-venv" >&2; exit 1; }
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
  echo "$python is $("$python" -V 2>&1); Stemma needs 3.11 or later. Name one: make PYTHON=python3.12 ..." >&2; exit 1; }

if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
  version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
  mend="apt-get install -y python$version-venv"
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "python3-venv is missing; running: $mend" >&2
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive $mend; } >/dev/null
  else
    echo "Debian's python3-venv is missing. Run: sudo $mend" >&2; exit 1
  fi
fi

[ -x "$folder/bin/pip" ] || "$python" -m venv "$folder"
"$folder/bin/pip" install --quiet --disable-pip-version-check 'uv>=0.9,<1'
