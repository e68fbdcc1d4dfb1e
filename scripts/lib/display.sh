# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
#
# A display without a screen, where there is none with one.

DISPLAY_PROCESS=

# ensure_display: sets DISPLAY; what it starts is ended by end_display.
ensure_display() {
    if [[ -n "${DISPLAY:-}" ]]; then return; fi
    have Xvfb || die "there is no display; install Xvfb"
    local number
    exec {number}< <(exec Xvfb -displayfd 1 -noreset -nolisten tcp -screen 0 1280x1024x24 2>/dev/null)
    DISPLAY_PROCESS=$!
    read -r -u "$number" DISPLAY || die "Xvfb did not start"
    export DISPLAY=":$DISPLAY"
}

end_display() {
    if [[ -n $DISPLAY_PROCESS ]]; then kill "$DISPLAY_PROCESS" 2>/dev/null || true; fi
    DISPLAY_PROCESS=
}
