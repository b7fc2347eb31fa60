"""Plants misspellings in manifests, to prove that the schemas find every one."""

import copy

from schemas import faults

# Maps whose keys are anybody's own words.
FREE = {
    "annotations", "data", "labels", "limits", "matchLabels", "nodeSelector", "requests",
}


def places(value, path=()):
    """The path of every field whose name a schema prescribes."""
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield from places(item, (*path, number))
    elif isinstance(value, dict):
        for name, item in value.items():
            here = (*path, name)
            yield here
            if not free(here, item):
                yield from places(item, here)


def free(path, value):
    """Whether the keys below `path` are nobody's prescription. A Deployment's `selector` has prescribed keys, a Service's not."""
    name = path[-1]
    if "triggers" in path and name == "metadata":
        return True
    if name == "selector":
        return not set(value) & {"matchLabels", "matchExpressions"}
    return name in FREE


def misspelt(manifest, path):
    """The manifest with the last two letters of one field's name changed."""
    changed = copy.deepcopy(manifest)
    place = changed
    for step in path[:-1]:
        place = place[step]
    place[path[-1][:-1] + "qz"] = place.pop(path[-1])
    return changed


def kind_of(manifest):
    return f"{manifest['apiVersion']} {manifest['kind']}"


def unnoticed(manifests, tools):
    """How many misspellings were planted, in how many kinds, and those that no schema found."""
    planted = {}
    for manifest in manifests:
        # Without these two nobody knows which schema to ask; the API server refuses such a thing unread.
        for path in places({name: item for name, item in manifest.items() if name not in ("apiVersion", "kind")}):
            fields = tuple(step for step in path if isinstance(step, str))
            planted.setdefault((kind_of(manifest), fields), (manifest, path))
    wrong = [misspelt(manifest, path) for manifest, path in planted.values()]
    missed = [kind + " " + ".".join(fields) for (kind, fields), found in zip(planted, faults(wrong, tools)) if not found]
    return len(planted), len({kind for kind, _ in planted}), missed
