# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
#
# Shows two outputs: beside each other where the terminal is wide enough, else below each other.

# scenario_arguments SCENARIO MAJOR: what the client is told, so that the scenario fails as its
# description says.
scenario_arguments() {
    case $1 in
        nla-required | rdp-only) say /sec:tls ;;
        tls-required) say /sec:rdp ;;
        no-negotiation-data) say /sec:nla ;;
        small-dh) if [[ $2 == 3 ]]; then say /tls:seclevel:2; else say /tls-seclevel:2; fi ;;
        close-after-* | reset-after-handshake | *-after-mcs | nla-*) say /cert:ignore ;;
    esac
}

# wrap WIDTH: breaks long lines.
wrap() { fold -s -w "$1" | sed 's/[[:space:]]*$//'; }

# only_report: of a client's stderr, what preflight printed, with or without colours.
only_report() {
    awk '{ plain = $0; gsub(/\033\[[0-9;]*m/, "", plain) }
         plain ~ /^preflight: / { on = 1 }
         on && plain != "" && plain !~ /^(preflight: |  )/ { on = 0 }
         on'
}

# side_by_side LEFT RIGHT WIDTH: two texts in columns, the left one WIDTH wide.
side_by_side() {
    local left right i
    mapfile -t left < <(wrap "$3" <<<"$1")
    mapfile -t right <<<"$2"
    for ((i = 0; i < ${#left[@]} || i < ${#right[@]}; i++)); do
        local text=${left[i]:-}
        printf '%s%*s | %s\n' "$text" "$(($3 - ${#text}))" '' "${right[i]:-}"
    done
}

# compare ALONE WITH: what the client printed by itself, and what it printed with preflight.
compare() {
    local columns left
    columns=$(tput cols 2>/dev/null || say 80)
    left="WITHOUT PREFLIGHT
$1"
    if ((columns >= 134)); then
        side_by_side "$left" "WITH PREFLIGHT (the client's own lines left out)
$2" "$((columns - 84))"
    else
        wrap "$columns" <<<"$left"
        printf '\nWITH PREFLIGHT (the client'"'"'s own lines left out)\n%s\n' "$2"
    fi
}
