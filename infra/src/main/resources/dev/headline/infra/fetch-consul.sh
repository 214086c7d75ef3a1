#!/usr/bin/env bash
# Fetches one static Consul binary with apt alone, installs nothing, and needs no root.
#
# Debian 12 and later carry no consul package; an older suite does. So apt gets a configuration of its
# own, whose sources are this machine's own entries with the suite name replaced: same mirrors, same
# keys, same proxies. The package is downloaded and unpacked into a folder; the system stays as it is.
#
# usage: fetch-consul.sh FOLDER      leaves FOLDER/consul and prints its path
# HEADLINE_CONSUL_SUITE names another suite than the default.
set -euo pipefail

say() { printf 'consul: %s\n' "$*" >&2; }
fail() {
  say "$*"
  exit 1
}

folder=${1:?usage: fetch-consul.sh FOLDER}
for tool in apt-get apt-config dpkg awk; do
  command -v "$tool" >/dev/null || fail "$tool is not on the PATH; install consul yourself, or set CONSUL_BIN"
done

# shellcheck source=/dev/null
. /etc/os-release
case ${ID:-} in
  debian) suite=bullseye ;;
  ubuntu) suite=jammy ;;
  *) suite= ;;
esac
suite=${HEADLINE_CONSUL_SUITE:-$suite}
[[ -n $suite ]] || fail "no suite with a consul package is known for ${ID:-this system}; set CONSUL_BIN"
here=${VERSION_CODENAME:-}
[[ -n $here ]] || fail "/etc/os-release names no suite; set CONSUL_BIN"

mkdir -p "$folder"
work=$(mktemp -d "$folder/.fetch.XXXXXX")
trap 'rm -rf "$work"' EXIT
mkdir -p "$work"/{sources,lists/partial,archives/partial}
: >"$work/status"

# One-line format: deb [options] address suite component...
one_line() {
  awk -v here="$here" -v suite="$suite" '
    $1 == "deb" {
      at = 2
      if ($2 ~ /^\[/) while ($at !~ /\]$/ && at < NF) at++
      if ($2 ~ /^\[/) at++
      if ($(at + 1) == here) { $(at + 1) = suite; print }
    }' "$1"
}

# deb822 format: paragraphs of fields; keep those that offer this machine its own suite.
deb822() {
  awk -v here="$here" -v suite="$suite" '
    BEGIN { RS = ""; FS = "\n" }
    {
      keep = 0; text = ""
      for (i = 1; i <= NF; i++) {
        line = $i
        if (line ~ /^#/) continue
        if (tolower(line) ~ /^types:/) line = "Types: deb"
        if (tolower(line) ~ /^suites:/) {
          count = split(line, names, /[ \t]+/)
          for (n = 2; n <= count; n++) if (names[n] == here) keep = 1
          line = "Suites: " suite
        }
        text = text line "\n"
      }
      if (keep) print text
    }' "$1"
}

etc=
eval "$(apt-config shell etc Dir::Etc/d)"
shopt -s nullglob
for file in "${etc}"sources.list "${etc}"sources.list.d/*.list; do
  [[ -r $file ]] && one_line "$file" >"$work/sources/$(basename "$file" .list).list"
done
for file in "${etc}"sources.list.d/*.sources; do
  [[ -r $file ]] && deb822 "$file" >"$work/sources/$(basename "$file")"
done
find "$work/sources" -type f -empty -delete
[[ -n $(ls "$work/sources") ]] || fail "apt has no entry for the suite $here to copy; set CONSUL_BIN"

export APT_CONFIG=$work/apt.conf
cat >"$APT_CONFIG" <<CONF
Dir::Etc::sourcelist "/dev/null";
Dir::Etc::sourceparts "$work/sources";
Dir::State "$work";
Dir::State::lists "$work/lists";
Dir::State::status "$work/status";
Dir::Cache "$work";
Dir::Cache::archives "$work/archives";
Dir::Cache::pkgcache "";
Dir::Cache::srcpkgcache "";
APT::Sandbox::User "";
APT::Update::Post-Invoke "";
APT::Update::Post-Invoke-Success "";
Acquire::Languages "none";
Acquire::Retries "2";
Acquire::http::Timeout "20";
Acquire::https::Timeout "20";
CONF

say "reading the package list of $suite"
# A mirror of someone else's packages may lack the older suite: the download below is the judge.
apt-get -q update >&2 || say "some sources did not answer"
say "downloading"
(cd "$work" && apt-get -q download consul >&2) || fail "no consul package in $suite; set CONSUL_BIN"
dpkg -x "$work"/consul_*.deb "$work/root"
chmod 0755 "$work/root/usr/bin/consul"
"$work/root/usr/bin/consul" version >&2
mv -f "$work/root/usr/bin/consul" "$folder/consul"
printf '%s\n' "$folder/consul"
