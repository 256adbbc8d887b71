#!/usr/bin/env bash
# Makes sure that the browsers of the tests are there: from Debian's packages where the user may install them,
# else one sentence that says what is missing. CHROMIUM, CHROMEDRIVER and FIREFOX name others.
set -euo pipefail

packages=()
[ -x "$CHROMIUM" ] || packages+=(chromium)
[ -x "$CHROMEDRIVER" ] || packages+=(chromium-driver)
[ -x "$FIREFOX" ] || packages+=(firefox-esr)
for tool in node npm; do
  command -v "$tool" >/dev/null || packages+=("${tool/#node/nodejs}")
done
[ ${#packages[@]} -gt 0 ] || exit 0

as_root=()
[ "$(id -u)" = 0 ] || as_root=(sudo -n)
if ! command -v apt-get >/dev/null || ! "${as_root[@]}" true 2>/dev/null; then
  echo "The browser tests need ${packages[*]}: install them, or set CHROMIUM, CHROMEDRIVER and FIREFOX to where they are." >&2
  exit 1
fi
echo "== Installing ${packages[*]} from the system's packages"
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "${packages[@]}" >/dev/null
