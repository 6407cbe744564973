#compdef benefit-map
# Completions of benefit-map for zsh: the program itself says what can come next, ids of the map among it.
_benefit_map() {
    local -a lines shown
    local line kind value
    lines=("${(@f)$("${(Q)words[1]}" __complete -- "${(@Q)words[2,CURRENT]}" 2>/dev/null)}")
    kind="${lines[1]}"
    for line in "${(@)lines[2,-1]}"; do
        value="${line%%$'\t'*}"
        shown+=("${value//:/\\:}:${line#*$'\t'}")
    done
    if (( ${#shown} )); then
        _describe -t values 'benefit-map' shown
    fi
    if [[ "$kind" == ":files" ]]; then
        _files
    fi
}
if [ "$funcstack[1]" = "_benefit_map" ] || [ "$funcstack[1]" = "_benefit-map" ]; then
    _benefit_map "$@"
else
    compdef _benefit_map benefit-map
fi
