"""Holds compose.yaml against the Compose Specification, which knows every field's name."""

import copy

import yaml
from compose_spec import PyCompose


def fault(document):
    """What is wrong with it, in a sentence; `None` when nothing is."""
    try:
        PyCompose.from_yaml(yaml.safe_dump(document)).validate()
    except ValueError as why:
        return str(why)
    return None


def places(value, path=()):
    """The path of every field whose name the specification prescribes: not what things are called, nor variables."""
    for name, item in value.items():
        here = (*path, name)
        named = len(here) == 2 or "environment" in path or (len(here) > 3 and here[2] in ("depends_on", "networks") and len(here) == 4)
        if not named and not str(name).startswith("x-"):
            yield here
        if isinstance(item, dict) and not str(name).startswith("x-"):
            yield from places(item, here)


def unnoticed(document):
    """How many misspellings were planted, and those that were not found."""
    planted, missed = 0, []
    for path in places(document):
        wrong = copy.deepcopy(document)
        place = wrong
        for step in path[:-1]:
            place = place[step]
        place[path[-1] + "qz"] = place.pop(path[-1])
        planted += 1
        if fault(wrong) is None:
            missed.append(".".join(path))
    return planted, missed
