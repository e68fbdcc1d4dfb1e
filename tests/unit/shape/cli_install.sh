#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
#
# cli_install.sh CMAKE BUILD: installs the command line into a temporary prefix, looks at what is
# there, and asks the completions in every shell that this machine has.
set -euo pipefail
prefix=$(mktemp -d)
trap 'rm -rf "$prefix"' EXIT
"$1" --install "$2" --component cli --prefix "$prefix" >/dev/null
program=$prefix/bin/rdp-preflight
export PATH=$prefix/bin:$PATH LC_ALL=C.UTF-8 HOME=$prefix TERM=dumb

fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

# wants WORDS FOUND...: every one of WORDS is among FOUND.
wants() {
    local word
    for word in $1; do
        grep -qxF -- "$word" <<<"$2" || fail "${3:-}: $word is not offered, but: $2"
    done
}

[[ $("$program" --version) == "rdp-preflight "* ]] || fail "no version"
bash_file=$prefix/share/bash-completion/completions/rdp-preflight
fish_file=$prefix/share/fish/vendor_completions.d/rdp-preflight.fish
zsh_file=$(find "$prefix/share/zsh" -name _rdp-preflight)
for file in "$bash_file" "$fish_file" "$zsh_file"; do [[ -s $file ]] || fail "$file is missing"; done

if [[ $(grep SCDOC:FILEPATH "$2/CMakeCache.txt") != *NOTFOUND ]]; then
    for page in man1/rdp-preflight.1 man7/preflight.7; do
        [[ -s $prefix/share/man/$page ]] || fail "$page is missing"
        if command -v man >/dev/null && man --version >/dev/null 2>&1; then
            errors=$(MANROFFSEQ='' man --warnings -l "$prefix/share/man/$page" 2>&1 >"$prefix/page") ||
                fail "man: $errors"
            [[ -z $errors ]] || fail "man $page: $errors"
            grep -q '^NAME' "$prefix/page" || fail "$page has no NAME"
        fi
    done
fi

commands=$("$program" --help | sed -n 's/^  \([a-z][^ ]*\).*/\1/p')
options_of() { "$program" "$@" --help | sed -n 's/^  \(-[^ ]*\).*/\1/p' | tr , '\n'; }

# in_bash LINE: what bash offers at the end of LINE.
in_bash() {
    bash --norc -c '
        source "$1"
        read -r -a COMP_WORDS <<<"$2"
        [[ $2 != *" " ]] || COMP_WORDS+=("")
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        compopt() { :; }
        _rdp_preflight
        printf "%s\n" "${COMPREPLY[@]}"' in_bash "$bash_file" "$1"
}

# in_fish LINE
in_fish() { fish --no-config -c "source '$fish_file'; complete -C '$1'" | cut -f 1; }

# in_zsh LINE
in_zsh() { zsh -f "${0%/*}/capture.zsh" "${zsh_file%/*}" "$1"; }

for shell in bash fish zsh; do
    command -v "$shell" >/dev/null || continue
    wants "$commands" "$("in_$shell" "rdp-preflight ")" "$shell, commands"
    wants "no-shared-tls-version no-shared-cipher" "$("in_$shell" "rdp-preflight explain no-sh")" \
        "$shell, ids"
    for command in $commands; do
        wants "$(options_of "$command" | grep ^--)" "$("in_$shell" "rdp-preflight $command --")" \
            "$shell, options of $command"
    done
    wants "always never auto" "$("in_$shell" "rdp-preflight explain --color ")" "$shell, values"
    printf '%s: completions asked\n' "$shell"
done
