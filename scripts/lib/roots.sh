# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
#
# Roots of other Debian suites, made once and kept outside the source tree.

# roots_folder: where they are.
roots_folder() { say "${PREFLIGHT_ROOTS:-${XDG_CACHE_HOME:-$HOME/.cache}/preflight/roots}"; }

# debian_mirror: PREFLIGHT_MIRROR, or the mirror that this machine's apt uses.
debian_mirror() {
    local mirror=${PREFLIGHT_MIRROR:-}
    if [[ -z $mirror ]]; then
        # shellcheck disable=SC2016 # apt fills it in
        mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' \
            'Origin: Debian' 'Label: Debian' 2>/dev/null | sort -u | head -n 1)
    fi
    [[ -n $mirror ]] || die "apt knows no Debian mirror here; set PREFLIGHT_MIRROR to one"
    say "$mirror"
}

# root_packages: what a root needs for scripts/test.
root_packages() {
    say g++ cmake ninja-build pkgconf libssl-dev libtomlplusplus-dev nlohmann-json3-dev \
        libcli11-dev libfstrcmp-dev libpcap-dev libtins-dev libcmocka-dev scdoc \
        freerdp3-dev libwinpr3-dev freerdp3-x11 freerdp3-shadow-x11 xvfb \
        python3 openssl iproute2 x11-utils xrdp nginx-light openssh-server ca-certificates man-db \
        zsh fish krb5-kdc krb5-admin-server libfaketime python3-gssapi tcpdump tshark
}

# enter_root ROOT COMMAND...: runs it inside, with /proc, /dev, a fresh /run and /tmp, and the source
# tree at /src (read-only). All mounts go with the namespace.
enter_root() {
    local root=$1 namespace=(--mount --pid --fork --kill-child)
    shift
    is_root || namespace+=(--user --map-root-user --map-auto)
    # shellcheck disable=SC2016,SC2153 # the inner shell expands; ROOT is common.sh's
    unshare "${namespace[@]}" bash -ec '
        root=$1 source=$2
        shift 2
        mkdir -p "$root/src" "$root/var/cache/preflight"
        mount --bind "$root" "$root"
        mount -t proc proc "$root/proc"
        mount --rbind /dev "$root/dev"
        mount --rbind /sys "$root/sys"
        mount -t tmpfs tmpfs "$root/run"
        mount -t tmpfs tmpfs "$root/tmp"
        mount --bind "$source" "$root/src"
        mount -o remount,bind,ro "$root/src"
        cat /etc/resolv.conf >"$root/etc/resolv.conf" || true
        exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 \
            CI="${CI:-}" PYTHONDONTWRITEBYTECODE=1 chroot "$root" "$@"
    ' enter "$root" "$ROOT" "$@"
}

# healthy ROOT: made to the end, for these packages, and able to run something.
healthy() {
    [[ -f "$1/.preflight" && "$(cat "$1/.preflight")" == "$(root_packages)" ]] &&
        enter_root "$1" true 2>/dev/null
}

# ensure_root SUITE: prints its path; makes it where there is no healthy one.
ensure_root() {
    local suite=$1 root mode=root include
    root=$(roots_folder)/$suite
    if healthy "$root"; then
        say "$root"
        return
    fi
    is_root || mode=unshare
    include=$(root_packages | tr ' ' ',')
    step "Making a root of $suite in $root (a few minutes, about 1.5 GB)" >&2
    remove_root "$root"
    mkdir -p "$(dirname "$root")"
    mmdebstrap --mode="$mode" --variant=minbase --include="$include" --quiet \
        --aptopt='Acquire::Check-Valid-Until "false"' --aptopt='APT::Install-Recommends "false"' \
        --aptopt='Acquire::Retries "3"' "$suite" "$root" "$(debian_mirror)" >&2 ||
        die "the root of $suite could not be made"
    mark_root "$root"
    say "$root"
}

mark_root() {
    if is_root; then
        root_packages >"$1/.preflight"
    else
        root_packages | unshare --user --map-root-user --map-auto tee "$1/.preflight" >/dev/null
    fi
}

remove_root() {
    [[ -e $1 ]] || return 0
    if is_root; then
        rm -rf --one-file-system "$1"
    else
        unshare --user --map-root-user --map-auto rm -rf --one-file-system "$1"
    fi
}
