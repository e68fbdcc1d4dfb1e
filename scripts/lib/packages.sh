# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
#
# Installs what is missing, for a purpose: build, client, test, bench, fuzz, lint, root. Knows apt, dnf
# and brew.

package_manager() {
    local manager
    for manager in apt-get dnf brew; do
        if have "$manager"; then
            say "$manager"
            return
        fi
    done
    die "found none of apt-get, dnf, brew: install what README.md names"
}

# apt_has PACKAGE: whether this release offers it.
apt_has() { [[ -n $(apt-cache --quiet=0 madison "$1" 2>/dev/null) ]]; }

# apt_freerdp: 3 where this release has FreeRDP 3, else 2; what is already installed decides.
apt_freerdp() {
    if dpkg-query -W freerdp3-dev >/dev/null 2>&1; then
        say 3
    elif dpkg-query -W freerdp2-dev >/dev/null 2>&1; then
        say 2
    elif apt_has freerdp3-dev; then
        say 3
    else
        say 2
    fi
}

# clang_major: of the clang that the release's package clang stands for.
clang_major() {
    apt-cache depends clang 2>/dev/null | sed -n 's/^ *Depends: clang-\([0-9]*\)$/\1/p' | head -n 1
}

apt_packages() {
    local major
    major=$(apt_freerdp)
    case $1 in
        build) say g++ cmake ninja-build pkgconf libssl-dev libtomlplusplus-dev nlohmann-json3-dev \
            libcli11-dev libfstrcmp-dev libpcap-dev libtins-dev libcmocka-dev scdoc \
            "freerdp$major-dev" "libwinpr$major-dev" ;;
        client) say "freerdp$major-x11" xvfb ;;
        test) say python3 openssl iproute2 x11-utils "freerdp$major-shadow-x11" xrdp \
            nginx-light openssh-server tcpdump tshark man-db zsh fish \
            krb5-kdc krb5-admin-server libfaketime python3-gssapi ;;
        bench) say strace binutils nmap sslscan ;;
        fuzz) say clang "libclang-rt-$(clang_major)-dev" llvm python3 ;;
        lint) say clang-format shellcheck python3 git ;;
        root) say mmdebstrap debian-archive-keyring ;;
    esac
}

dnf_packages() {
    case $1 in
        build) say gcc-c++ cmake ninja-build pkgconf-pkg-config openssl-devel tomlplusplus-devel \
            json-devel cli11-devel fstrcmp-devel libpcap-devel libtins-devel libcmocka-devel \
            scdoc freerdp-devel libwinpr-devel ;;
        client) say freerdp xorg-x11-server-Xvfb ;;
        test) say python3 openssl iproute util-linux xwininfo freerdp-server xrdp nginx \
            openssh-server tcpdump wireshark-cli man-db zsh fish krb5-server libfaketime python3-gssapi ;;
        bench) say strace binutils nmap sslscan ;;
        fuzz) say clang compiler-rt llvm python3 ;;
        lint) say clang-tools-extra ShellCheck python3 git ;;
        root) say mmdebstrap debian-keyring ;;
    esac
}

brew_packages() {
    case $1 in
        build) say cmake ninja pkgconf openssl@3 tomlplusplus nlohmann-json cli11 libpcap libtins \
            cmocka scdoc freerdp ;;
        lint) say clang-format shellcheck ;;
        root) die "roots of other suites are made on Linux only" ;;
    esac
}

# installed MANAGER PACKAGE
installed() {
    case $1 in
        apt-get) [[ $(dpkg-query -W -f '${Status}' "$2" 2>/dev/null) == *" installed" ]] ;;
        dnf) rpm -q --whatprovides "$2" >/dev/null 2>&1 ;;
        brew) brew list --versions "$2" >/dev/null 2>&1 ;;
    esac
}

# missing_packages MANAGER PURPOSE...
missing_packages() {
    local manager=$1 purpose package
    shift
    for purpose in "$@"; do
        for package in $("${manager%-get}_packages" "$purpose"); do
            installed "$manager" "$package" || say "$package"
        done
    done
}

# Servers that come for the tests shall not start by themselves: not now, and not at the next boot.
apt_install() {
    local policy=/usr/sbin/policy-rc.d held=false status=0
    if [[ ! -e $policy ]]; then
        held=true
        as_root sh -c "printf '#!/bin/sh\nexit 101\n' >$policy && chmod 755 $policy"
    fi
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
        -o Dpkg::Use-Pty=0 "$@" >/dev/null || status=$?
    if $held; then as_root rm -f "$policy"; fi
    local unit
    for unit in xrdp nginx ssh krb5-kdc krb5-admin-server; do
        if [[ -d /run/systemd/system && " $* " == *" $unit"* ]]; then
            as_root systemctl disable --quiet "$unit" || true
        fi
    done
    return "$status"
}

install_with() {
    local manager=$1
    shift
    case $manager in
        apt-get) apt_install "$@" ;;
        dnf) as_root dnf install -y -q --setopt=install_weak_deps=False "$@" ;;
        brew) brew install --quiet "$@" ;;
    esac
}

# ensure_packages PURPOSE...: says what is missing, asks, installs it.
ensure_packages() {
    local manager missing
    manager=$(package_manager)
    if [[ $manager == apt-get ]] && is_root && [[ -z $(find /var/lib/apt/lists -name '*_Packages*' -print -quit) ]]; then
        apt-get update -qq # a fresh system knows no package yet
    fi
    mapfile -t missing < <(missing_packages "$manager" "$@")
    if [[ ${#missing[@]} == 0 ]]; then return; fi
    step "To be installed: ${missing[*]}"
    agreed "Install these packages?" || is_root || die "not installed; give --yes, or install them"
    if [[ $manager == apt-get ]]; then as_root apt-get update -qq; fi
    ASSUME_YES=true install_with "$manager" "${missing[@]}" || die "the installation failed"
}
