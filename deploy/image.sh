#!/bin/sh
# Builds the image top-track-tracker by buildah, on Docker's python or on a Debian of one's own:
#   sh deploy/image.sh            from docker.io/library/python
#   sh deploy/image.sh debian     from Debian's packages, by debootstrap; needs root, no registry
# BUILD_OPTIONS go to buildah, such as mounts of certificates that a network asks for.
set -eu
cd "$(dirname "$0")/.."
export STORAGE_DRIVER="${STORAGE_DRIVER:-vfs}" BUILDAH_ISOLATION="${BUILDAH_ISOLATION:-chroot}"
IMAGE="${IMAGE:-top-track-tracker}"
DEBIAN="localhost/top-track-tracker-debian"
MIRROR="${MIRROR:-http://deb.debian.org/debian}"

make_debian() {
    root=$(mktemp -d)
    trap 'rm -rf "$root"' EXIT
    debootstrap --variant=minbase --include=python3,python3-venv,ca-certificates \
        bookworm "$root" "$MIRROR" >/dev/null
    # What an app in a container does not read: 150 MB.
    rm -rf "$root"/var/cache/apt/* "$root"/var/lib/apt/lists/* "$root"/usr/share/doc/* \
        "$root"/usr/share/man/* "$root"/usr/share/info/* "$root"/usr/share/locale/* \
        "$root"/usr/share/zoneinfo "$root"/usr/lib/x86_64-linux-gnu/gconv
    find "$root/usr" -name __pycache__ -type d -prune -exec rm -rf {} +
    container=$(buildah from scratch)
    buildah copy --quiet "$container" "$root" / >/dev/null
    buildah config --env PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin "$container"
    buildah commit --quiet --rm "$container" "$DEBIAN" >/dev/null
}

base=""
if [ "${1:-}" = debian ]; then
    buildah inspect --type image "$DEBIAN" >/dev/null 2>&1 || make_debian
    base="--build-arg BASE=$DEBIAN"
fi
# shellcheck disable=SC2086  # options are words
buildah build --format docker --network host --layers --tag "$IMAGE" $base ${BUILD_OPTIONS:-} .
buildah images --format '{{.Name}}:{{.Tag}} {{.Size}}' "$IMAGE"
