"""Plants disagreements between manifests, to prove that `agreement.py` finds each kind of them."""

import copy

from agreement import disagreements


def find(manifests, kind, name):
    return next(m for m in manifests if m["kind"] == kind and m["metadata"]["name"] == name)


def container(manifests, name):
    return find(manifests, "Deployment", name)["spec"]["template"]["spec"]["containers"][0]


def another_port(manifests):
    find(manifests, "Service", "payments")["spec"]["ports"][0]["port"] = 8084


def another_setting(manifests):
    variables = container(manifests, "gateway")["env"]
    next(v for v in variables if v["name"] == "MOTCUA_PAYMENTS_URL")["value"] = "http://payment:8083"


def no_way_out(manifests):
    find(manifests, "NetworkPolicy", "portal")["spec"]["egress"].pop()


def no_way_in(manifests):
    find(manifests, "NetworkPolicy", "redis-events")["spec"]["ingress"].pop()


def open_door(manifests):
    manifests.remove(find(manifests, "NetworkPolicy", "nobody"))


def unlisted_secret(manifests):
    container(manifests, "portal")["env"].append({"name": "X", "valueFrom": {"secretKeyRef": {"name": "other", "key": "x"}}})


def no_settings(manifests):
    container(manifests, "accounts")["envFrom"][0]["configMapRef"]["name"] = "setting"


def no_volume(manifests):
    find(manifests, "PersistentVolumeClaim", "documents")["metadata"]["name"] = "document"


def root(manifests):
    container(manifests, "accounts")["securityContext"]["readOnlyRootFilesystem"] = False


def too_many_connections(manifests):
    find(manifests, "HorizontalPodAutoscaler", "submissions")["spec"]["maxReplicas"] = 100


def never_emptied(manifests):
    find(manifests, "PodDisruptionBudget", "accounts-work")["spec"]["minAvailable"] = 2


def nobody_scaled(manifests):
    find(manifests, "ScaledObject", "payments-work")["spec"]["scaleTargetRef"]["name"] = "payment-work"


def another_archive(manifests):
    find(manifests, "ObjectStore", "postgres-backups")["metadata"]["name"] = "backups"


PLANTED = (
    another_port, another_setting, no_way_out, no_way_in, open_door, unlisted_secret, no_settings, no_volume, root,
    too_many_connections, never_emptied, nobody_scaled, another_archive,
)


def unnoticed(manifests, readme):
    """How many disagreements were planted in an overlay that has everything, and those that were not found."""
    missed = []
    for plant in PLANTED:
        wrong = copy.deepcopy(manifests)
        plant(wrong)
        if not disagreements(wrong, readme):
            missed.append(plant.__name__)
    return len(PLANTED), missed
