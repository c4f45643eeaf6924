#!/usr/bin/env bash
# Checks the types of the pages' scripts, then opens report.html in Chromium and clicks through it; exits with 1 where
# one fails. Needs node, npm and the release
# build (or the program that PARALLAX names); installs Chromium where it is missing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

command -v chromium >/dev/null || { apt-get update -q && apt-get install -qy --no-install-recommends chromium; }
export CHROMIUM=${CHROMIUM:-$(command -v chromium)}
export PARALLAX=${PARALLAX:-$PWD/../../target/release/parallax}
[ -x "$PARALLAX" ] || { echo "no program at $PARALLAX: run \`cargo build --release\` first, or set PARALLAX" >&2; exit 2; }
npm ci --no-audit --no-fund
npx tsc
node --test
