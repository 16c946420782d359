#!/usr/bin/env bash
# Builds everything, runs every test project, and ends with one line of true totals.
# Needs the .NET 10 SDK. PostgreSQL, RabbitMQ and blob storage for tests are containers where Docker answers, what BATCHXAI_TEST_* says
# where that is set, and else private processes (tests/services.sh). Tests that want real models (a folder shared/data beside the checkout) skip visibly without it.
set -uo pipefail
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MASSTRANSIT_USAGE_TELEMETRY=false

command -v dotnet >/dev/null || { echo "test.sh: the .NET 10 SDK is not installed (no 'dotnet' on PATH)." >&2; exit 1; }
# A browser, and without Docker the services as processes of our own, are fetched while the build runs.
native= what=browser
docker version >/dev/null 2>&1 || { native=1 what=; }
tests/services.sh fetch $what & fetching=$!
echo "building (the first build downloads packages, libtorch among them: 130 MB)"
dotnet build BatchXai.sln -c Release -v q || exit 1
logs=$(mktemp -d) beside=
finish() {
    [ -z "$beside" ] || kill -- "-$beside" 2>/dev/null
    [ -z "$native" ] || tests/services.sh stop
    rm -rf "$logs"
}
trap finish EXIT
wait "$fetching"
if [ -n "$native" ]; then
    exports=$(tests/services.sh start $$) && eval "$exports"
fi

# Runs test programs one after the other; each tells what it has to say when it ends.
lane() {
    for name in "${projects[@]}"; do
        "${BatchXaiArtifacts:-artifacts}/bin/$name/release/$name" --progress off --ansi off "${filters[@]}" >"$logs/$name" 2>&1
        echo $? >"$logs/$name.code"
        flock "$logs" sh -c 'echo "== $1"; cat "$2"' - "$name" "$logs/$name"
    done
}

# One figure of a test program's summary; 0 when it ended before it could print one.
count() { sed -n "s/^ *$1: \([0-9]*\).*/\1/p" "$2" | tail -n 1 | grep . || echo 0; }

# Clusters and browsers mostly wait, for about as long as all others take: they run beside them. A job of its own, so that Ctrl-C ends it too.
filters=("$@") all=() waiting=(BatchXai.Distributed.Tests BatchXai.Browser.Tests)
for project in tests/*.Tests; do all+=("$(basename "$project")"); done
echo "testing (${waiting[*]} beside the others)"
set -m
projects=("${waiting[@]}")
lane & beside=$!
set +m
projects=()
for name in "${all[@]}"; do [[ " ${waiting[*]} " == *" $name "* ]] || projects+=("$name"); done
lane
wait "$beside"
beside=

passed=0 failed=0 skipped=0
for name in "${all[@]}"; do
    log="$logs/$name"
    code=$(cat "$log.code" 2>/dev/null || echo 1)
    passed=$((passed + $(count succeeded "$log"))) skipped=$((skipped + $(count skipped "$log")))
    # 8: no test matched a filter that was given. Any other failure counts, also of a program that crashed before it counted.
    if [ "$code" -ne 0 ] && [ "$code" -ne 8 ]; then
        failures=$(count failed "$log")
        failed=$((failed + (failures > 0 ? failures : 1)))
        echo "$name ended with exit code $code"
    fi
done
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
