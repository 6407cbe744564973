# Completions of benefit-map for bash: the program itself says what can come next, ids of the map among it.
_benefit_map() {
    local current="${COMP_WORDS[COMP_CWORD]}" line kind=""
    local -a typed
    typed=("${COMP_WORDS[@]:1:COMP_CWORD}")
    COMPREPLY=()
    while IFS= read -r line; do
        if [ -z "$kind" ]; then
            kind="$line"
        else
            COMPREPLY+=("${line%%$'\t'*}")
        fi
    done < <("${COMP_WORDS[0]}" __complete -- "${typed[@]}" 2>/dev/null)
    if [ "${#COMPREPLY[@]}" = 1 ] && [ "${COMPREPLY[0]%=}" != "${COMPREPLY[0]}" ]; then
        compopt -o nospace 2>/dev/null
    fi
    if [ "$kind" = ":files" ]; then
        compopt -o filenames 2>/dev/null
        [ "$current" = "=" ] && current=""
        while IFS= read -r line; do
            COMPREPLY+=("$line")
        done < <(compgen -f -- "$current")
    fi
}
complete -F _benefit_map benefit-map
