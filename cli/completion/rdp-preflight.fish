# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
#
# Completion of rdp-preflight for fish. Commands and options come from the program's own help, ids
# from its catalogue.

# The command on the line, if there is one already.
function __rdp_preflight_command
    set -l words (commandline -opc)
    set -e words[1]
    for word in $words
        string match -q -- '-*' $word; or begin
            echo $word
            return
        end
    end
end

# What --help lists in its first column and fits a pattern, with its meaning.
function __rdp_preflight_words
    set -l program (commandline -opc)[1]
    $program $argv[2..] --help 2>/dev/null | string replace -rf "^  ($argv[1][^ ]*)(?: [A-Z:\[\]]+)? *(.*)" '$1\t$2' |
        while read -l -d \t names meaning
            for name in (string split -- , $names)
                printf '%s\t%s\n' $name $meaning
            end
        end
end

function __rdp_preflight_previous
    contains -- (commandline -opc)[-1] $argv
end

function __rdp_preflight_free
    not __rdp_preflight_previous --color --format --client --table --catalog --hosts --width --jobs \
        --timeout --warn-days --connection
end

function __rdp_preflight_arguments
    set -l command (__rdp_preflight_command)
    switch "$command"
        case ''
            __rdp_preflight_words '[a-z]'
        case explain
            set -l program (commandline -opc)[1]
            $program explain --list 2>/dev/null
        case check
            __fish_print_hostnames
        case '*'
            __fish_complete_path (commandline -ct)
    end
end

complete -c rdp-preflight -f
complete -c rdp-preflight -n __rdp_preflight_free -a '(__rdp_preflight_arguments)'
complete -c rdp-preflight -n '__rdp_preflight_free; and string match -q -- "-*" (commandline -ct)' \
    -a '(__rdp_preflight_words - (__rdp_preflight_command))'
complete -c rdp-preflight -n '__rdp_preflight_previous --color' -a 'auto always never'
complete -c rdp-preflight -n '__rdp_preflight_previous --format' -a 'text json jsonl csv'
complete -c rdp-preflight -n '__rdp_preflight_previous --client' \
    -a 'xfreerdp xfreerdp3 wlfreerdp sdl-freerdp remmina'
complete -c rdp-preflight -n '__rdp_preflight_previous --table' \
    -a 'freerdp xfreerdp-exit mstsc mstsc-extended errinfo ntstatus sspi gateway tls-alert tls-reason x509 neg-failure license http-gateway krb5 rdstls logon-error logon-error-data mcs-reason mcs-result license-state errno'
complete -c rdp-preflight -n '__rdp_preflight_previous --catalog' -a '(__fish_complete_directories (commandline -ct))'
complete -c rdp-preflight -n '__rdp_preflight_previous --hosts' -a '(__fish_complete_path (commandline -ct))'
