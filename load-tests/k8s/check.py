"""Renders the overlays, validates them, proves that the validation would find a misspelling, and lints what Docker reads."""

import subprocess
import sys
from pathlib import Path

import yaml

import compose
import disagreed
import misspellings
import roll_out
from agreement import disagreements
from misspellings import kind_of
from schemas import faults

ROOT = Path(__file__).resolve().parents[2]
OVERLAYS = ("office", "province", "nation")


def render(tools, overlay):
    run = subprocess.run(
        [tools / "python/bin/kubectl", "kustomize", ROOT / "k8s/overlays" / overlay], capture_output=True, text=True
    )
    if run.returncode != 0:
        raise SystemExit(f"k8s-check: {overlay} cannot be rendered:\n{run.stderr}")
    return [manifest for manifest in yaml.safe_load_all(run.stdout) if manifest]


def lint(tools):
    """What the linters say; empty when they are content."""
    yaml_files = [ROOT / "compose.yaml", ROOT / "k8s"]
    commands = (
        [tools / "python/bin/hadolint", ROOT / "Dockerfile"],
        [tools / "python/bin/yamllint", "--strict", "-c", ROOT / "load-tests/k8s/yamllint.yaml", *yaml_files],
    )
    runs = [subprocess.run(command, capture_output=True, text=True) for command in commands]
    return [line for run in runs if run.returncode != 0 for line in (run.stdout + run.stderr).splitlines()]


def unproved(everything, overlay, document, readme, tools):
    """What this check would not have noticed."""
    planted, kinds, missed = misspellings.unnoticed(everything, tools)
    print(f"misspellings: {planted} planted in {kinds} kinds, {planted - len(missed)} found")
    in_compose, missed_in_compose = compose.unnoticed(document)
    print(f"misspellings in compose.yaml: {in_compose} planted, {in_compose - len(missed_in_compose)} found")
    disagreements_planted, unseen = disagreed.unnoticed(overlay, readme)
    print(f"disagreements: {disagreements_planted} planted, {disagreements_planted - len(unseen)} found")
    places = missed + [f"compose.yaml {place}" for place in missed_in_compose]
    return [f"a misspelling of {place} is not found" for place in places] + [f"{plant} is not found" for plant in unseen]


def main(tools: Path):
    readme = (ROOT / "k8s/README.md").read_text()
    wrong, everything = [], []
    for overlay in OVERLAYS:
        manifests = render(tools, overlay)
        for manifest, found in zip(manifests, faults(manifests, tools)):
            wrong += [f"{overlay}: {kind_of(manifest)} {manifest['metadata']['name']}: {sentence}" for sentence in found]
        wrong += [f"{overlay}: {sentence}" for sentence in disagreements(manifests, readme)]
        print(f"{overlay}: {len(manifests)} manifests")
        everything += manifests
    document = yaml.safe_load((ROOT / "compose.yaml").read_text())
    if fault := compose.fault(document):
        wrong.append(f"compose.yaml: {fault}")
    wrong += lint(tools) + roll_out.wrong(ROOT / "k8s/roll-out")
    wrong += unproved(everything, manifests, document, readme, tools)
    for sentence in wrong:
        print(f"k8s-check: {sentence}", file=sys.stderr)
    print("k8s-check: " + (f"{len(wrong)} faults" if wrong else "all is well"))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
