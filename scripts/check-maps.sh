#!/usr/bin/env bash
# What the GitHub Action runs: checks the maps of $MAPS (a path or a pattern a line) and prints annotations.
# $BENEFIT_MAP is the program; $PROFILE, $DENY, $AS_OF, $BASELINE and $SARIF are as in action.yml, and may be empty.
set -euo pipefail

program=${BENEFIT_MAP:-benefit-map}
how=(--profile "${PROFILE:-business-case}" --deny "${DENY:-warning}")
if [ -n "${AS_OF:-}" ]; then how+=(--as-of "$AS_OF"); fi
if [ -n "${BASELINE:-}" ]; then how+=(--baseline "$BASELINE"); fi

maps=()
while IFS= read -r line; do
    line=${line#"${line%%[![:space:]]*}"}
    line=${line%"${line##*[![:space:]]}"}
    [ -n "$line" ] || continue
    # What matches nothing is named as it stands, so that the check says that it is not there.
    while IFS= read -r path; do maps+=("$path"); done < <(compgen -G "$line" || printf '%s\n' "$line")
done <<<"${MAPS:-}"
if [ "${#maps[@]}" = 0 ]; then
    echo "::error::no map is named: set the input maps"
    exit 2
fi

if [ -n "${SARIF:-}" ]; then
    status=0
    "$program" check "${maps[@]}" "${how[@]}" --format sarif >"$SARIF" || status=$?
    # Findings are no failure yet, nor is a map of several that cannot be read: the annotations come first, and say so again.
    [ "$status" -le 1 ] || [ "${#maps[@]}" -gt 1 ] || exit "$status"
fi
exec "$program" check "${maps[@]}" "${how[@]}" --format github
