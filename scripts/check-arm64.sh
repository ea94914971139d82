#!/usr/bin/env bash
# Builds fibq for arm64 on another machine and runs what needs no server there, under qemu-user: first what the C shims
# compute, then the pure tests.
#
# What it needs: qemu-user-static; clang and lld, which come with Swift; Debian's arm64 libraries, which it fetches to
# .build/arm64 without a change to this machine's own packages; and a Swift SDK for aarch64 of the very version of the
# compiler, since no other reads its modules. On a machine that is arm64 itself it is `make test`.
#
# Exit codes: 0 all passed; 1 something did not; 69 something is missing: each in a line on stderr.
set -euo pipefail

cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
readonly work=$PWD/.build/arm64
readonly sysroot=$work/sysroot
readonly pure='^(Fibonacci|InstanceLimits|Measurement|Multiprecision|ProtocolModel|Reporting|Workload)Tests\.'
readonly -a libraries=(
    libgmp-dev libgmp10 libmpfr-dev libmpfr6 libhiredis-dev libhiredis0.14
    libc6 libc6-dev libgcc-12-dev libgcc-s1 libstdc++6 linux-libc-dev zlib1g
)

missing=0
miss() {
    echo "check-arm64: missing: $*" >&2
    missing=1
}

find_command() {
    command -v "$1" || command -v "$2"
}

# apt as on an arm64 machine on which nothing is installed, with lists and downloads of its own.
arm64_apt() {
    apt-get --quiet=2 -o APT::Architecture=arm64 -o APT::Architectures=arm64 -o APT::Sandbox::User=root \
        -o Dir::State="$work/apt" -o Dir::State::status="$work/apt/status" -o Dir::Cache="$work/apt" "$@"
}

fetch_libraries() {
    local package
    [[ -e $work/fetched ]] && return
    rm -rf -- "$work/apt" "$work/packages" "$sysroot"
    mkdir -p "$work"/apt/{lists,archives}/partial "$work/packages" "$sysroot"
    touch "$work/apt/status"
    arm64_apt update && (cd "$work/packages" && arm64_apt download "${libraries[@]}") || return
    for package in "$work"/packages/*.deb; do dpkg --extract "$package" "$sysroot" || return; done
    touch "$work/fetched"
}

under_qemu() {
    "$qemu" -L "$sysroot" -E LD_LIBRARY_PATH="/usr/lib/aarch64-linux-gnu:/lib/aarch64-linux-gnu:${swift_libraries-}" "$@"
}

check_c() {
    local gcc=$sysroot/usr/lib/gcc/aarch64-linux-gnu/12
    local -a compile=(
        "$clang" --target=aarch64-linux-gnu --sysroot="$sysroot" -B"$gcc" -L"$gcc" -fuse-ld=lld -O2 -Wall -Wextra -Werror
    )
    "${compile[@]}" -ISources -o "$work/shims" scripts/arm64-shims.c -lmpfr -lgmp -lhiredis || return
    "${compile[@]}" -ISources/SyncRecorder/include -shared -fPIC -o "$work/libSyncRecorder.so" \
        Sources/SyncRecorder/*.c || return
    under_qemu "$work/shims"
}

swift_version() {
    local said
    said=$(swift --version 2>&1)
    [[ $said =~ Swift\ version\ ([0-9.]+) ]] && echo "${BASH_REMATCH[1]}"
}

# An SDK with glibc: Debian's libraries can't be linked with musl's.
find_sdk() {
    swift sdk list | grep --extended-regexp "(^|[^0-9.])${version//./\\.}[^0-9.].*aarch64" | head --lines=1
}

check_swift() {
    local -a build=(
        swift build --configuration release --build-tests --swift-sdk "$sdk" --scratch-path "$work/build"
        -Xcc "-I$sysroot/usr/include" -Xcc "-I$sysroot/usr/include/aarch64-linux-gnu"
        -Xlinker "-L$sysroot/usr/lib/aarch64-linux-gnu"
    )
    local products
    "${build[@]}" || return
    products=$("${build[@]}" --show-bin-path)
    under_qemu "$products/fibqPackageTests.xctest" --testing-library swift-testing --filter "$pure"
}

[[ $(uname -m) != aarch64 ]] || exec make test

version=$(swift_version) || miss "Swift: see scripts/setup.sh"
qemu=$(find_command qemu-aarch64-static qemu-aarch64) || miss "qemu-aarch64: apt-get install qemu-user-static"
clang=$(find_command "$(dirname -- "$(realpath -- "$(command -v swift)")")/clang" clang) || miss "clang, beside swift"
command -v ld.lld >/dev/null || miss "ld.lld: apt-get install lld"
fetch_libraries || miss "Debian's arm64 packages ${libraries[*]}: apt-get reaches none (see above)"

failed=0
if ((missing == 0)); then
    echo "check-arm64: C shims, under $("$qemu" --version | head --lines=1)"
    check_c || failed=1
fi

sdk=$(find_sdk) ||
    miss "a Swift SDK for aarch64-unknown-linux-gnu of Swift $version ('swift sdk list' names none):" \
        "make one with swift-sdk-generator, and give it to 'swift sdk install'"
if ((missing == 0)); then
    swift_libraries=$(swift sdk configure --show-configuration "$sdk" aarch64-unknown-linux-gnu |
        sed --quiet 's/^swiftResourcesPath: //p')/linux
    check_swift || failed=1
fi

((failed == 0)) || exit 1
((missing == 0)) || exit 69
