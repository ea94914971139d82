#!/usr/bin/env bash
# Prints what a benchmark's numbers belong to: when, which commit, which machine. For what `fibq` does not write itself.
set -euo pipefail

cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."

# Results are no source: one that is made anew does not change what is measured.
changed=no
[[ -z $(git status --porcelain --untracked-files=no -- . ':!results') ]] || changed=yes
echo "measured_at: $(date --utc +%Y-%m-%dT%H:%M:%SZ)"
echo "commit: $(git rev-parse HEAD)"
echo "dirty: $changed"
echo "cpu_model: $(sed --quiet 's/^model name[^:]*: //p' /proc/cpuinfo | head --lines=1)"
echo "cores: $(nproc)"
echo "memory_kib: $(sed --quiet 's/^MemTotal: *\([0-9]*\) kB/\1/p' /proc/meminfo)"
echo "kernel: $(uname --kernel-release)"
echo "load_at_the_end: $(cut --delimiter=' ' --fields=1-3 /proc/loadavg)"
