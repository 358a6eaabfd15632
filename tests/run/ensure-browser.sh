#!/usr/bin/env bash
# The tests drive a real Chromium. Where there is none, Debian's is installed; elsewhere: say what to do.
set -euo pipefail

for browser in "${CHROMIUM_PATH:-}" /usr/bin/chromium; do
	if [ -n "$browser" ] && [ -x "$browser" ]; then
		exit 0
	fi
done
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
	echo 'No Chromium found: installing the Debian package for the browser tests.'
	apt-get update -qq
	DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null
	exit 0
fi
echo 'No Chromium found. Install it ("sudo apt-get install chromium"), or set CHROMIUM_PATH to a Chrome or Chromium.' >&2
exit 1
