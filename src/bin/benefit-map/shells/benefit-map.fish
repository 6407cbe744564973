# Completions of benefit-map for fish: the program itself says what can come next, ids of the map among it.
function __benefit_map_complete
    set -l typed (commandline -opc)
    set -l current (commandline -ct)
    set -l program $typed[1]
    set -e typed[1]
    set -l lines ($program __complete -- $typed "$current" 2>/dev/null)
    for line in $lines[2..-1]
        printf '%s\n' $line
    end
    if test "$lines[1]" = ":files"
        __fish_complete_path "$current"
    end
end
complete -c benefit-map -f -a '(__benefit_map_complete)'
