#!/usr/bin/env bash
# See to the programs that the tests drive: Chromium (the report in a browser, by Playwright) and Java (stages on Spark).
set -euo pipefail
missing=()
command -v chromium >/dev/null || missing+=(chromium)
command -v java >/dev/null || missing+=(default-jre-headless)
ldconfig -p | grep -q 'libatomic\.so\.1' || missing+=(libatomic1)  # Playwright's own node needs it
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "installing what the tests drive: ${missing[*]}" >&2
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}" >/dev/null
else
  echo "The tests need ${missing[*]}. Run: sudo apt-get install ${missing[*]}" >&2; exit 1
fi
