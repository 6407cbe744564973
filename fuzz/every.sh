#!/usr/bin/env bash
# every.sh SECONDS [TARGET...]: runs targets for so long each, two at a time, and tells what came of it.
set -uo pipefail
cd "$(dirname "$0")"
seconds=${1:?how many seconds each}
shift
targets=("$@")
[ ${#targets[@]} -gt 0 ] || mapfile -t targets < <(cd fuzz_targets && ls -- *.rs | sed 's/\.rs$//')
export RUSTC_BOOTSTRAP=1
# Where files are made for every input, memory does better than a disk.
[ -d /dev/shm ] && export TMPDIR=/dev/shm
cargo fuzz build --sanitizer none || exit 2
logs=$(mktemp -d)
one() {
    # A target has no start of Rust's own, which lets a write to a closed connection be an error and not the end.
    trap '' PIPE
    mkdir -p "corpus/$2"
    nice cargo fuzz run --sanitizer none "$2" "corpus/$2" "seeds/$2" -- \
        -max_total_time="$1" -timeout=30 -rss_limit_mb=4096 -print_final_stats=1 >"$3/$2" 2>&1
    echo "$?" >"$3/$2.code"
}
export -f one
printf '%s\n' "${targets[@]}" | xargs -P 2 -I TARGET bash -c "one $seconds TARGET $logs"
broken=0
for target in "${targets[@]}"; do
    taken=$(sed -n 's/^stat::number_of_executed_units: *//p' "$logs/$target")
    if [ "$(cat "$logs/$target.code")" = 0 ]; then
        echo "$target: ${taken:-0} inputs, all well"
    else
        broken=1
        echo "$target: broken after ${taken:-some} inputs, see $logs/$target"
    fi
done
exit "$broken"
