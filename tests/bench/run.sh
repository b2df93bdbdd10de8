#!/bin/bash
# Run the benchmarks against a sandbox of their own; BUILD names the build directory.
set -euo pipefail
build=${BUILD:-build}
port_file=$(mktemp -u)
# One processor for both: otherwise each connection is fast or slow by where the scheduler puts its two ends.
here=$(command -v taskset >/dev/null && echo "taskset -c 0" || true)
$here "$build/xpay-sandbox" --port 0 --port-file "$port_file" --no-self-check >/dev/null &
sandbox=$!
trap 'kill $sandbox 2>/dev/null; rm -f "$port_file"' EXIT
for _ in $(seq 100); do [ -s "$port_file" ] && break; sleep 0.05; done
$here "$build/bench" "$build/bench.json" "http://127.0.0.1:$(cat "$port_file")"
