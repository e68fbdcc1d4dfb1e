# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
#
# Adds up the closing lines of several test runs.

TALLY_PASSED=0
TALLY_FAILED=0
TALLY_SKIPPED=0

# tally PASSED FAILED [SKIPPED]
tally() {
    ((TALLY_PASSED += $1, TALLY_FAILED += $2, TALLY_SKIPPED += ${3:-0})) || true
}

# tally_line LOG: takes the last line of the form 'N passed, N failed[, N skipped]'; a log without one
# counts as a failure.
tally_line() {
    local line
    line=$(grep -E '^[0-9]+ passed, [0-9]+ failed' "$1" | tail -n 1) || true
    if [[ $line =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed(,\ ([0-9]+)\ skipped)? ]]; then
        tally "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}" "${BASH_REMATCH[4]:-0}"
    else
        tally 0 1
    fi
}

# tally_ctest LOG: takes CTest's closing line.
tally_ctest() {
    local line
    line=$(grep -E 'tests? failed out of' "$1" | tail -n 1) || true
    if [[ $line =~ ,\ ([0-9]+)\ tests?\ failed\ out\ of\ ([0-9]+) ]]; then
        tally "$((BASH_REMATCH[2] - BASH_REMATCH[1]))" "${BASH_REMATCH[1]}"
    else
        tally 0 1
    fi
}

# tally_close: prints the closing line; false when anything failed or nothing ran.
tally_close() {
    local skipped=""
    if ((TALLY_SKIPPED)); then skipped=", $TALLY_SKIPPED skipped"; fi
    say "$TALLY_PASSED passed, $TALLY_FAILED failed$skipped"
    ((TALLY_FAILED == 0 && TALLY_PASSED > 0))
}
