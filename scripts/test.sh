#!/usr/bin/env bash
# Installs what the tests need where it is missing and may be installed, then runs them. Arguments go to `cargo test`.
#
# The library's tests need cargo alone. Those of the workshop page drive Chromium, those of documents open them in
# LibreOffice and turn pages into pictures with poppler: Debian's packages, asked for by the names below. Where they
# cannot be had, the tests that need them are left out, and say so.
set -euo pipefail
cd "$(dirname "$0")/.."

# program:package
needed="chromium:chromium chromedriver:chromium-driver soffice:libreoffice-calc pdftoppm:poppler-utils"
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

exec cargo test --locked "$@"
