#!/usr/bin/env bash
# Installs what the tests need where it is missing and may be installed, then runs them. Arguments go to `cargo test`.
#
# The library's tests need cargo alone. Those of the workshop page drive Chromium and Firefox, those of documents open them in
# LibreOffice, turn pages into pictures with poppler, hold XML against schemas with xmllint, draw with Graphviz, sign with
# ssh-keygen, and complete words in bash, zsh and fish; the page's pure parts run in Node. All are Debian's packages, asked for by
# the names below. Office files are held against their schemas by openxml-audit, a package of PyPI, and Firefox is driven by
# geckodriver, a package of crates.io. Where they
# cannot be had, the tests that need them are left out, and say so.
set -euo pipefail
cd "$(dirname "$0")/.."

# program:package
needed="bash:bash fish:fish zsh:zsh chromium:chromium chromedriver:chromium-driver firefox-esr:firefox-esr dot:graphviz git:git soffice:libreoffice-calc pdftoppm:poppler-utils xmllint:libxml2-utils python3:python3 ssh-keygen:openssh-client node:nodejs"
missing=""
for pair in $needed; do
    command -v "${pair%%:*}" >/dev/null 2>&1 || missing="$missing ${pair##*:}"
done
# LibreOffice comes in parts: each kind of document wants its own.
if command -v dpkg-query >/dev/null 2>&1; then
    for part in libreoffice-calc libreoffice-impress libreoffice-writer; do
        dpkg-query -W -f='${Status}' "$part" 2>/dev/null | grep -q '^install ok installed$' || missing="$missing $part"
    done
fi

if [ -n "$missing" ]; then
    missing=$(printf '%s\n' $missing | sort -u | tr '\n' ' ')
    as_root=""
    [ "$(id -u)" = 0 ] || as_root="sudo -n"
    if command -v apt-get >/dev/null 2>&1 && { [ -z "$as_root" ] || $as_root true 2>/dev/null; }; then
        echo "installing what the tests need: $missing"
        $as_root apt-get update -qq &&
            DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null ||
            echo "NOT INSTALLED: $missing" >&2
    else
        echo "NOT INSTALLED, since apt-get is not here or may not be used: $missing" >&2
    fi
    for pair in $needed; do
        command -v "${pair%%:*}" >/dev/null 2>&1 ||
            echo "NOT RUN: the tests that need ${pair%%:*} (Debian's package ${pair##*:})" >&2
    done
fi

# A validator of Office files that is not ours, from PyPI, in a folder of its own.
validator=target/tools/openxml-audit
if [ ! -x "$validator/bin/openxml-audit" ]; then
    python3 -c 'import ensurepip' 2>/dev/null || {
        as_root=""
        [ "$(id -u)" = 0 ] || as_root="sudo -n"
        $as_root apt-get install -y -qq --no-install-recommends python3-venv >/dev/null 2>&1 || true
    }
    { python3 -m venv "$validator" && "$validator/bin/pip" install --quiet openxml-audit==0.8.0; } ||
        echo "NOT RUN: the tests that need openxml-audit (a package of PyPI, for python3)" >&2
fi

# The driver of Firefox, which no package of Debian holds: built without optimising, in a folder of its own.
command -v geckodriver >/dev/null 2>&1 || [ -x target/tools/bin/geckodriver ] ||
    cargo install --quiet --locked --debug --version 0.37.1 --root target/tools --target-dir target/tools/build geckodriver ||
    echo "NOT RUN: the tests that need geckodriver (a package of crates.io, for Firefox)" >&2

# A test of the page waits for a browser most of the time, so a small machine runs twice as many at once as it has processors.
processors=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 4)
[ "$processors" -gt 4 ] || export RUST_TEST_THREADS="${RUST_TEST_THREADS:-$((2 * processors))}"

exec cargo test --locked "$@"
