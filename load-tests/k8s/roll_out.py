"""Runs `k8s/roll-out` against a kubectl that only writes down what it is asked, to prove the order."""

import os
import subprocess
import tempfile
from pathlib import Path

KUBECTL = """#!/usr/bin/env bash
printf '%s\\n' "$*" >>"$FOLDER/asked"
case "$*" in
  *'get job'*)
    # The first time they still run.
    if [ -e "$FOLDER/running" ]; then printf '%b' "$JOBS"; else touch "$FOLDER/running"; printf '\\n\\n'; fi ;;
  *'get deployments'*) echo deployment.apps/gateway ;;
esac
"""


def run(script, jobs):
    """The exit code, and what kubectl was asked, in order."""
    with tempfile.TemporaryDirectory() as folder:
        kubectl = Path(folder) / "kubectl"
        kubectl.write_text(KUBECTL)
        kubectl.chmod(0o755)
        environment = {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}", "FOLDER": folder, "JOBS": jobs}
        outcome = subprocess.run([script, "overlay"], env=environment, capture_output=True, timeout=60)
        return outcome.returncode, (Path(folder) / "asked").read_text().splitlines()


def place(asked, words):
    """Where the first request with all these words stands; after everything when there is none."""
    return next((number for number, line in enumerate(asked) if all(word in line for word in words)), len(asked))


def wrong(script):
    """What the roll-out does wrong."""
    found = []
    code, asked = run(script, "Complete\\nComplete\\n")
    order = [
        place(asked, words)
        for words in (
            ["apply", "notin (api, work, migration)"],
            ["wait", "cluster"],
            ["delete job"],
            ["apply", "component=migration"],
            ["get job"],
            ["rollout status deployment.apps/gateway"],
        )
    ]
    everything = [number for number, line in enumerate(asked) if line.startswith("apply") and "selector" not in line]
    if code != 0 or order != sorted(order) or order[-1] == len(asked) or not order[-2] < everything[0] < order[-1]:
        found.append(f"roll-out: not in order: {asked}")
    code, asked = run(script, "Complete\\nFailed\\n")
    if code == 0 or any(line.startswith("apply") and "selector" not in line for line in asked):
        found.append("roll-out: services are rolled out after a failed migration")
    return found
