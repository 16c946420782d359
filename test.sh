#!/usr/bin/env bash
# Builds everything, runs every test project, and ends with one line of true totals.
# Needs the .NET 10 SDK only. Tests that want real models (a folder shared/data beside the checkout) skip visibly without it.
set -uo pipefail
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MASSTRANSIT_USAGE_TELEMETRY=false

command -v dotnet >/dev/null || { echo "test.sh: the .NET 10 SDK is not installed (no 'dotnet' on PATH)." >&2; exit 1; }
echo "building (the first build downloads packages, libtorch among them: 130 MB)"
dotnet build BatchXai.sln -c Release -v q || exit 1

passed=0 failed=0 skipped=0 broken=0
for project in tests/*.Tests; do
    name=$(basename "$project")
    echo "== $name"
    log=$(mktemp)
    "${BatchXaiArtifacts:-artifacts}/bin/$name/release/$name" --progress off "$@" 2>&1 | tee "$log"
    code=${PIPESTATUS[0]}
    count() { sed -n "s/^ *$1: \([0-9]*\).*/\1/p" "$log" | tail -n 1; }
    passed=$((passed + $(count succeeded || echo 0) + 0)) failed=$((failed + $(count failed) + 0)) skipped=$((skipped + $(count skipped) + 0))
    # 8: no test matched a filter that was given. Anything else but 0 is a failure, counted or not (a crash counts nothing).
    if [ "$code" -ne 0 ] && [ "$code" -ne 8 ] && [ "$(( $(count failed) + 0 ))" -eq 0 ]; then
        echo "$name ended with exit code $code"
        broken=$((broken + 1))
    fi
    rm -f "$log"
done
failed=$((failed + broken))
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
