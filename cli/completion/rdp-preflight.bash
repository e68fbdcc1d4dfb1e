# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
#
# Completion of rdp-preflight for bash. Commands and options come from the program's own help, ids
# from its catalogue.

# _rdp_preflight_words PATTERN [COMMAND]: what --help lists in its first column and fits PATTERN.
_rdp_preflight_words() {
    local program=${COMP_WORDS[0]} pattern=$1
    shift
    "${program/#\~/$HOME}" "$@" --help 2>/dev/null |
        sed -n "s/^  \\(${pattern}[^ ]*\\).*/\\1/p" | tr , '\n'
}

# _rdp_preflight_offer WORDS: those that begin with the word under the cursor.
_rdp_preflight_offer() {
    mapfile -t COMPREPLY < <(compgen -W "$1" -- "${COMP_WORDS[COMP_CWORD]}")
}

_rdp_preflight_value() {
    case $1 in
        --color) _rdp_preflight_offer "auto always never" ;;
        --format) _rdp_preflight_offer "text json jsonl csv" ;;
        --client) _rdp_preflight_offer "xfreerdp xfreerdp3 wlfreerdp sdl-freerdp remmina" ;;
        --table)
            _rdp_preflight_offer "freerdp xfreerdp-exit mstsc mstsc-extended errinfo ntstatus sspi \
                gateway tls-alert tls-reason x509 neg-failure license http-gateway krb5 rdstls \
                logon-error logon-error-data mcs-reason mcs-result license-state errno"
            ;;
        --catalog | --hosts) compopt -o default ;;
        --width | --jobs | --timeout | --warn-days | --connection) ;;
        *) return 1 ;;
    esac
}

_rdp_preflight() {
    local command='' word
    COMPREPLY=()
    _rdp_preflight_value "${COMP_WORDS[COMP_CWORD - 1]}" && return
    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        if [[ -z $command && $word != -* ]]; then command=$word; fi
    done
    if [[ ${COMP_WORDS[COMP_CWORD]} == -* ]]; then
        _rdp_preflight_offer "$(_rdp_preflight_words - ${command:+"$command"})"
        return
    fi
    case $command in
        '') _rdp_preflight_offer "$(_rdp_preflight_words '[a-z]')" ;;
        explain) _rdp_preflight_offer "$("${COMP_WORDS[0]/#\~/$HOME}" explain --list 2>/dev/null)" ;;
        check) mapfile -t COMPREPLY < <(compgen -A hostname -- "${COMP_WORDS[COMP_CWORD]}") ;;
        *) compopt -o default ;;
    esac
}

complete -F _rdp_preflight rdp-preflight
