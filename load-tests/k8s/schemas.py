"""Holds manifests against the schemas of their kinds, none of which may have a field that the schema does not know."""

import functools
import json
import subprocess
from pathlib import Path

import jsonschema
import kubernetes_validate
from kubernetes_validate import utils

# The oldest Kubernetes that the manifests are for.
KUBERNETES = "1.32"
CUSTOM = {"keda.sh", "gateway.networking.k8s.io", "monitoring.coreos.com"}
CLOUDNATIVE_PG = {"postgresql.cnpg.io", "barmancloud.cnpg.io"}

# Each call would read the file again.
utils.schema_contents = functools.cache(utils.schema_contents)


def group(manifest):
    """The API group; empty for the core."""
    return manifest["apiVersion"].rpartition("/")[0]


def faults(manifests, tools: Path):
    """For each manifest what is wrong with it: a list of sentences, empty when nothing is."""
    found = [[] for _ in manifests]
    custom = [place for place, manifest in enumerate(manifests) if group(manifest) in CUSTOM]
    for place, sentences in zip(custom, custom_faults([manifests[place] for place in custom], tools)):
        found[place] = sentences
    for place, manifest in enumerate(manifests):
        if group(manifest) in CLOUDNATIVE_PG:
            found[place] = cloudnative_pg_faults(manifest)
        elif group(manifest) not in CUSTOM:
            found[place] = core_faults(manifest)
    return found


def core_faults(manifest):
    try:
        kubernetes_validate.validate(manifest, KUBERNETES, strict=True)
    except kubernetes_validate.ValidationError as why:
        return [f"{'/'.join(map(str, why.path))}: {why.message}"]
    except kubernetes_validate.SchemaNotFoundError as why:
        return [why.message]
    return []


@functools.cache
def cloudnative_pg():
    schema = json.loads((Path(__file__).parent / "cloudnative-pg.json").read_text())
    return jsonschema.Draft202012Validator(schema)


def cloudnative_pg_faults(manifest):
    errors = cloudnative_pg().iter_errors(manifest)
    return [f"{'/'.join(map(str, best.path))}: {best.message}" for best in map(deepest, errors)]


def deepest(error):
    """Of a choice between kinds, what is wrong with the kind that was meant."""
    return jsonschema.exceptions.best_match([error]) or error


def custom_faults(manifests, tools: Path):
    if not manifests:
        return []
    script = Path(__file__).parent / "custom-resources.mjs"
    run = subprocess.run(["node", script, tools], input=json.dumps(manifests), capture_output=True, text=True)
    if run.returncode != 0:
        raise SystemExit(f"k8s-check: the custom resources could not be checked:\n{run.stderr}")
    return json.loads(run.stdout)
