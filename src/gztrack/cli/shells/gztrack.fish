# Completion of gztrack for fish 3.1 and later; written by: gztrack completion fish
#
# Commands, options and fixed words stand here. What the database holds is asked of gztrack itself when it is
# wanted. Nothing of it is ever run, and neither is anything that stands on the line: both are only compared.

# The command, how many of its words stand before the cursor, and the first of them, a line each.
function __gztrack_scan
    set -l tokens (commandline -opc)
    set -l line (string join \x1f -- $tokens)
    if set -q __gztrack_scanned[1]; and test "$__gztrack_scanned[1]" = "$line"
        printf '%s\n' $__gztrack_scanned[2..4]
        return
    end
    while string match -qr -- '^[A-Za-z_][A-Za-z0-9_]*=' $tokens[1]
        set -e tokens[1]
    end
    set -l name ''
    set -l first ''
    set -l count 0
    set -l pending ''
    set -l ended ''
    for token in $tokens[2..-1]
        if test -n "$pending"
            set pending ''
        else if test -z "$ended"; and test "$token" = --
            set ended 1
        else if test -z "$ended"; and string match -qr -- '^--?[A-Za-z]' $token
            __gztrack_takes_value "$name" $token; and set pending 1
        else if test -z "$name"
            set name $token
            set ended ''
        else
            set count (math $count + 1)
            test $count -eq 1; and set first $token
        end
    end
    set -g __gztrack_scanned "$line" "$name" $count "$first"
    printf '%s\n' "$name" $count "$first"
end

# Whether the line has come to a command; to an empty name before there is one.
function __gztrack_in
    set -l here (__gztrack_scan)
    test "$here[1]" = "$argv[1]"
end

# Whether the next word of a command is one from this number to that one, behind one of these first words.
function __gztrack_at
    set -l here (__gztrack_scan)
    test "$here[1]" = "$argv[1]"; or return 1
    if set -q argv[4]
        contains -- "$here[3]" $argv[4..-1]; or return 1
    end
    test (math $here[2] + 1) -ge $argv[2]; and test (math $here[2] + 1) -le $argv[3]
end

# Asks gztrack for a list of the database that this line is about: a line each, the word and what it is.
function __gztrack_ask
    set -l tokens (commandline -opc)
    set -l asking
    while string match -qr -- '^[A-Za-z_][A-Za-z0-9_]*=' $tokens[1]
        string match -qr -- '^GZTRACK_DB=.' $tokens[1]
        and set asking --db=(__gztrack_value (string replace -r '^GZTRACK_DB=' '' -- $tokens[1]))
        set -e tokens[1]
    end
    set -l program gztrack
    command -q gztrack; or set program (string replace -r '^~/' "$HOME/" -- $tokens[1])
    command -q $program; or return
    set -l pending ''
    for token in $tokens[2..-1]
        if test -n "$pending"
            set -a asking $pending=(__gztrack_value $token)
            set pending ''
        else if test "$token" = --
            break
        else if contains -- $token --db --lang
            set pending $token
        else if string match -qr -- '^--(db|lang)=' $token
            set -a asking (string replace -r '=.*' '=' -- $token)(__gztrack_value (string replace -r '^[^=]*=' '' -- $token))
        end
    end
    for list in $argv
        command $program $asking completion --list $list </dev/null 2>/dev/null
    end
end

# A value that stands on the line; of a variable before it what the variable holds, and nothing else is looked up.
function __gztrack_value
    set -l parts (string match -r -- '^\$([A-Za-z_][A-Za-z0-9_]*)(.*)$' "$argv[1]")
    if set -q parts[2]
        set -l held $$parts[2]
        printf '%s\n' "$held$parts[3]"
    else
        printf '%s\n' "$argv[1]"
    end
end

# Words parted by commas: what was typed with each word behind it that is not there yet.
function __gztrack_many
    set -l typed (string replace -r '^--[a-z-]+=' '' -- (commandline -ct))
    set -l before (string match -r -- '^.*,' $typed)
    for offer in $argv
        set -l word (string split \t -- $offer)[1]
        contains -- $word (string split , -- $before); or printf '%s\n' "$before$offer"
    end
end

# The file of a public key where the line asks for a key's line, else any file.
function __gztrack_keys
    if string match -qr -- '^--print-key-line(=|$)' (commandline -opc)
        __fish_complete_suffix .pub | string match -r '^[^\t]*(?:\.pub|/)(?=\t|$)'
    else
        __fish_complete_path (commandline -ct)
    end
end

#@TABLES@
