#!/usr/bin/env bash
# Builds what is published, into dist/: the program, its licences, the notices of all that it is made of, a list of its
# components (SBOM, CycloneDX 1.5) and check sums. The same commit and compiler give the same bytes, wherever it is built:
# paths of the machine are taken out, and the lock file is kept to. `--twice` builds it twice, in two folders, and compares.
#
# Needs cargo-cyclonedx, which is built from crates.io where it is missing, and python3.
set -euo pipefail
cd "$(dirname "$0")/.."

tools="$PWD/target/tools"
PATH="$tools/bin:$PATH"
need() {
    command -v "$1" >/dev/null 2>&1 ||
        cargo install --quiet --locked --debug --root "$tools" --target-dir "$tools/build" "$@"
}
need cargo-cyclonedx

version=$(cargo metadata --locked --no-deps --format-version 1 | python3 -c 'import json, sys; print(json.load(sys.stdin)["packages"][0]["version"])')
target=$(rustc -vV | sed -n 's/^host: //p')
name="benefit-map-$version-$target"

# build FOLDER: the program, in a target folder of its own.
build() {
    local home="${CARGO_HOME:-$HOME/.cargo}"
    RUSTFLAGS="--remap-path-prefix=$PWD=. --remap-path-prefix=$home=cargo --remap-path-prefix=$(rustc --print sysroot)=rust" \
        CARGO_TARGET_DIR="$1" SOURCE_DATE_EPOCH="$(git log -1 --format=%ct)" \
        cargo build --locked --release --bin benefit-map
}

build target/dist
case "$target" in
    *-windows-*) program=benefit-map.exe archive="dist/$name.zip" ;;
    *) program=benefit-map archive="dist/$name.tar.gz" ;;
esac
if [ "${1:-}" = --twice ]; then
    build target/dist-again
    cmp "target/dist/release/$program" "target/dist-again/release/$program" && echo "two builds gave the same bytes"
fi

rm -rf "dist/$name"
mkdir -p "dist/$name"
cp "target/dist/release/$program" README.md CHANGELOG.md LICENSE-MIT LICENSE-APACHE "dist/$name/"
mkdir "dist/$name/fonts"
cp assets/fonts/LICENSE* assets/fonts/SOURCE.md "dist/$name/fonts/"
python3 scripts/notices.py >"dist/$name/THIRD-PARTY.txt"
cargo cyclonedx --format json --spec-version 1.5 --override-filename "sbom" --quiet
mv sbom.json "dist/$name/benefit-map.cdx.json"
python3 scripts/archive.py "dist/$name" "$archive" "$(git log -1 --format=%ct)"
