#!/usr/bin/env bash
# Checks what is deployed, as far as that goes without an account and without a container engine: the template, the
# Dockerfile, the units and the scripts by their linters, and every command in them by starting it on loopback.
#
# Usage: check.sh FOLDER FIBQ
#   FOLDER  where the linters' environment goes
#   FIBQ    the program
#
# Exit codes: 0 all is well; 1 a check failed; 69 something is missing, one line on stderr says what to do.

# shellcheck disable=SC2317,SC2329 # `check` calls the functions by their names
set -euo pipefail

cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
readonly folder=$1 requirements=deploy/requirements.txt
FIBQ=$(realpath -- "$2")
export FIBQ PYTHONDONTWRITEBYTECODE=1

die() {
    echo "check-deploy: $*" >&2
    exit 69
}

# Made anew when its requirements are not those that it was made with.
make_environment() {
    if cmp --quiet "$requirements" "$folder/made-with.txt"; then return; fi
    rm -rf -- "$folder"
    python3 -m venv "$folder" || die "python3 makes no environment: apt-get install python3-venv"
    "$folder/bin/pip" install --quiet --disable-pip-version-check --requirement "$requirements" ||
        die "pip could not install $requirements (see above)"
    cp "$requirements" "$folder/made-with.txt"
}

failed=0
check() {
    local name=$1 outcome=passed
    shift
    "$@" || { outcome=FAILED && failed=1; }
    echo "check-deploy: $name $outcome"
}

# The script that a box begins with, as a stack would make it.
user_data() {
    # shellcheck disable=SC2016 # the braces are CloudFormation's
    "$folder/bin/python" -c '
import sys
from cfnlint.decode.cfn_yaml import load
data = load(sys.argv[1])["Resources"]["LaunchTemplate"]["Properties"]["LaunchTemplateData"]["UserData"]
print(data["Fn::Base64"]["Fn::Sub"].replace("${AWS::Region}", "region").replace("${Cluster}", "cluster"))
' deploy/ecs-t2-small.yaml
}

scripts() {
    "$folder/bin/shellcheck" deploy/check.sh scripts/check-arm64.sh && user_data | "$folder/bin/shellcheck" -
}

# As on a host that has the program and the units, and no others. What `verify` warns of does not change its exit code.
units() {
    local root said
    root=$(mktemp --directory)
    install -D --mode=0755 "$FIBQ" "$root/usr/local/bin/fibq"
    install -D --mode=0644 --target-directory="$root/etc/systemd/system" deploy/systemd/*.service
    install -D --mode=0644 --target-directory="$root/usr/lib/systemd/system" /lib/systemd/system/*.target
    said=$(systemd-analyze verify --man=no --root="$root" \
        fibq-worker@1.service fibq-monitor.service fibq-sink.service 2>&1) || said+=" (it failed)"
    rm -rf -- "$root"
    [[ -z $said ]] || { echo "$said" >&2 && return 1; }
}

make_environment
check "template (cfn-lint)" "$folder/bin/cfn-lint" --include-checks I -- deploy/ecs-t2-small.yaml
check "Dockerfile (hadolint)" "$folder/bin/hadolint" deploy/Dockerfile
check "scripts (shellcheck)" scripts
if command -v systemd-analyze >/dev/null; then
    check "units (systemd-analyze)" units
else
    echo "check-deploy: units skipped: systemd-analyze is not installed" >&2
fi
check "style of tests (ruff)" "$folder/bin/ruff" check --no-cache deploy
check "format of tests (ruff)" "$folder/bin/ruff" format --no-cache --check deploy
check "commands and numbers (pytest)" "$folder/bin/python" -m pytest -q -p no:cacheprovider deploy/tests
exit "$failed"
