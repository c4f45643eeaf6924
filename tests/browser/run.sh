#!/usr/bin/env bash
# Opens report.html in Chromium and clicks through it. Needs the release build; installs Chromium where it is missing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

command -v chromium >/dev/null || { apt-get update -q && apt-get install -qy --no-install-recommends chromium; }
export CHROMIUM=${CHROMIUM:-$(command -v chromium)}
export PARALLAX=${PARALLAX:-$PWD/../../target/release/parallax}
npm ci --no-audit --no-fund
node --test
