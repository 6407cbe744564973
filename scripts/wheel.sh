#!/usr/bin/env bash
# Builds a wheel with the program in it, into dist/, installs it into a fresh virtual environment and runs it there.
#
# Needs python3 with venv; maturin comes from PyPI, into a folder of its own below target/.
set -euo pipefail
cd "$(dirname "$0")/.."

tools=target/tools/maturin
[ -x "$tools/bin/maturin" ] || { python3 -m venv "$tools" && "$tools/bin/pip" install --quiet 'maturin>=1.9,<2'; }
mkdir -p dist
rm -f dist/benefit_map-*.whl
"$tools/bin/maturin" build --release --out dist
wheel=$(ls dist/benefit_map-*.whl)

fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT
python3 -m venv "$fresh/env"
"$fresh/env/bin/pip" install --quiet --no-index "$wheel"
"$fresh/env/bin/benefit-map" --version
"$fresh/env/bin/benefit-map" demo "$fresh/demo" >/dev/null
[ -s "$fresh/demo/map.svg" ] || { echo "the installed program drew no map" >&2; exit 1; }
"$fresh/env/bin/benefit-map" check "$fresh/demo/map.json" --profile business-case >/dev/null || [ $? = 1 ]
echo "wrote $wheel; it was installed into a fresh environment, and drew the example there"
