# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
#
# Configures and builds.

# jobs: as many as there are processors.
jobs() { nproc 2>/dev/null || sysctl -n hw.ncpu; }

# build FOLDER TYPE [TARGET...]
build() {
    local folder=$1 type=$2 log=$1/build.log
    shift 2
    mkdir -p "$folder"
    local options=(-G Ninja -DCMAKE_BUILD_TYPE="$type")
    if have brew; then options+=(-DOPENSSL_ROOT_DIR="$(brew --prefix openssl@3)"); fi
    cmake -S "$ROOT" -B "$folder" "${options[@]}" >"$log" 2>&1 || {
        cat "$log"
        die "configuration failed"
    }
    if [[ -t 1 ]]; then # where a line can be overwritten, the generator shows how far it is
        cmake --build "$folder" --parallel "$(jobs)" ${1:+--target "$@"}
        return
    fi
    cmake --build "$folder" --parallel "$(jobs)" ${1:+--target "$@"} >>"$log" 2>&1 || {
        tail -n 60 "$log"
        die "the build failed; all of its output is in $log"
    }
    grep -E 'warning:' "$log" || true
}

# cached FOLDER NAME: a value of the build's CMake cache.
cached() { sed -n "s/^$2:[A-Z]*=//p" "$1/CMakeCache.txt"; }

# client_of FOLDER: the FreeRDP command line client that the build is made for.
client_of() {
    local directory name
    directory=$(cached "$1" PREFLIGHT_ADDIN_DIR)
    for name in "xfreerdp${directory: -1}" xfreerdp sdl-freerdp; do
        if have "$name"; then
            say "$name"
            return
        fi
    done
    die "no FreeRDP client is installed"
}
