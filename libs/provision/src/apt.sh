# Installs one Debian package and starts nothing; no system cluster is created, upgraded or restarted.
# It runs to its end even when its parent is killed, because a broken-off dpkg leaves the machine broken.
package=$1
policy=/usr/sbin/policy-rc.d
clusters=/etc/postgresql-common/createcluster.conf
original=$clusters.before-motcua
export DEBIAN_FRONTEND=noninteractive LC_ALL=C

quick="-o Acquire::Retries=0 -o Acquire::http::Timeout=10 -o Acquire::https::Timeout=10 -o DPkg::Lock::Timeout=300"
install() { apt-get $quick install -y -q --no-install-recommends --no-upgrade "$1"; }
get() { install "$1" || { apt-get $quick update -q; install "$1"; }; }

restore() {
    [ -z "$ours" ] || rm -f "$policy"
    [ ! -e "$original" ] || mv "$original" "$clusters"
}
trap restore EXIT
trap 'exit 1' HUP INT TERM

if [ ! -e "$policy" ]; then
    ours=yes
    printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod 755 "$policy"
fi
if [ "$package" = postgresql ]; then
    get postgresql-common || exit 1
    [ -e "$original" ] || cp -p "$clusters" "$original"
    { grep -v create_main_cluster "$original"; echo 'create_main_cluster = false'; } >"$clusters"
fi
get "$package"
