#!/bin/sh
# Installs a published archive of benefit-map for this system:
#
#     BENEFIT_MAP_RELEASES=https://…/releases/download/v0.1.0 sh install.sh [FOLDER]
#
# FOLDER is where the program goes: ~/.local/bin unless another is given. The address is that of the folder with the archives; a
# folder of this machine does as well. The check sum of the archive is compared before anything is unpacked.
set -eu
from=${BENEFIT_MAP_RELEASES:?set BENEFIT_MAP_RELEASES to the address of the folder that holds the archives}
folder=${1:-"$HOME/.local/bin"}
case "$(uname -s)-$(uname -m)" in
    Linux-x86_64) system=x86_64-unknown-linux-gnu ;;
    Linux-aarch64 | Linux-arm64) system=aarch64-unknown-linux-gnu ;;
    Darwin-x86_64) system=x86_64-apple-darwin ;;
    Darwin-arm64) system=aarch64-apple-darwin ;;
    *) echo "No archive is made for $(uname -s) on $(uname -m). Build it from source: see README.md." >&2; exit 2 ;;
esac
version=${BENEFIT_MAP_VERSION:-$(printf '%s' "$from" | sed -n 's,.*/v\([0-9][^/]*\)/*$,\1,p')}
[ -n "$version" ] || { echo "The address does not end in a version such as v0.1.0. Set BENEFIT_MAP_VERSION." >&2; exit 2; }
name="benefit-map-$version-$system"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
get() {
    case $from in
        http://* | https://*) curl --proto '=https' --tlsv1.2 -fsSL "$from/$1" -o "$work/$1" ;;
        *) cp "$from/$1" "$work/$1" ;;
    esac || { echo "$from has no $1. Nothing was installed." >&2; exit 2; }
}
get "$name.tar.gz"
get "$name.tar.gz.sha256"
if command -v sha256sum >/dev/null 2>&1; then check="sha256sum -c"; else check="shasum -a 256 -c"; fi
(cd "$work" && $check "$name.tar.gz.sha256" >/dev/null) ||
    { echo "The check sum of $name.tar.gz is wrong. Nothing was installed; download it again." >&2; exit 2; }
tar -xzf "$work/$name.tar.gz" -C "$work"
mkdir -p "$folder"
cp "$work/$name/benefit-map" "$folder/benefit-map.new"
chmod 755 "$folder/benefit-map.new"
mv "$folder/benefit-map.new" "$folder/benefit-map"
echo "installed $("$folder/benefit-map" --version) as $folder/benefit-map"
case ":$PATH:" in
    *":$folder:"*) ;;
    *) echo "Add $folder to your PATH to run it by its name." ;;
esac
