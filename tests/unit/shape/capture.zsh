# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
#
# capture.zsh FUNCTIONS LINE: what zsh offers at the end of LINE, with the completions in the folder
# FUNCTIONS. A real zsh on a terminal of its own; its list is caught where it would be shown.
zmodload zsh/zpty
init=$(mktemp)
offered=$(mktemp)
cat >$init <<END
PROMPT=
fpath=($1 \$fpath)
autoload -U compinit
compinit -u -D
bindkey '^I' complete-word
compadd() {
    local -a all
    if [[ "\$*" != *-[OAD]\ * ]]; then
        builtin compadd -A all "\$@"
        print -rl -- \$all >>$offered
    fi
    builtin compadd "\$@"
}
finished() { print -r -- end-of-list >>$offered }
comppostfuncs=(finished)
print ready
END
zpty shell zsh -f -i
zpty -w shell "source $init"
repeat 50; do zpty -r shell line; [[ $line == *ready* ]] && break; done
zpty -n -w shell "$2"$'\t'
repeat 50; do grep -q end-of-list $offered && break; sleep 0.1; done
zpty -d shell
grep -v end-of-list $offered
rm -f $init $offered
