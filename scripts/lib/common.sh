# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
#
# Words and questions that all scripts share. Sets ROOT, the top of the source tree.

# shellcheck disable=SC2034 # used by the scripts
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
ASSUME_YES=${ASSUME_YES:-false}
if [[ "${CI:-}" == true ]]; then ASSUME_YES=true; fi

say() { printf '%s\n' "$*"; }
step() { printf '\n== %s\n' "$*"; }
die() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}
have() { command -v "$1" >/dev/null 2>&1; }
is_root() { [[ $(id -u) == 0 ]]; }

# agreed QUESTION: whether the user says yes; without a terminal and --yes the answer is no.
agreed() {
    if $ASSUME_YES; then return 0; fi
    [[ -t 0 ]] || return 1
    local answer
    read -r -p "$1 [y/N] " answer
    [[ "$answer" == [yY]* ]]
}

# as_root COMMAND...: runs it as root; asks before it uses sudo.
as_root() {
    if is_root; then
        "$@"
        return
    fi
    have sudo || die "this needs root: $*"
    agreed "Run as root: $*?" || die "not done. As root: $*; or give --yes"
    sudo "$@"
}

# usage SCRIPT: prints the comment at the script's head, after the licence.
usage() { sed -n '5,/^[^#]/{/^#/{s/^# \{0,1\}//p}}' "$1"; }
