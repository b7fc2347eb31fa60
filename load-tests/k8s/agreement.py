"""What must agree between the manifests of one overlay: names that refer to others, ports, paths through the network, sums."""

import re
import json
from collections import defaultdict
from pathlib import Path

WORKLOADS = {"Deployment", "StatefulSet", "Job"}
# Every service that runs for real, as the merged document names them.
MERGED = Path(__file__).resolve().parents[2] / "openapi" / "motcua.json"
OURS = {"gateway", *json.loads(MERGED.read_text())["x-services"]}
# Connections that PostgreSQL keeps for the operator, backups and a person.
RESERVED = 20


class Overlay:
    """The rendered manifests, by kind and name."""

    def __init__(self, manifests):
        self.by_kind = defaultdict(dict)
        for manifest in manifests:
            self.by_kind[manifest["kind"]][manifest["metadata"]["name"]] = manifest

    def all(self, kind):
        return self.by_kind[kind].values()

    def workloads(self):
        return [manifest for kind in sorted(WORKLOADS) for manifest in self.all(kind)]


def pod(workload):
    return workload["spec"]["template"]


def containers(workload):
    return pod(workload)["spec"]["containers"]


def labels(workload):
    return pod(workload)["metadata"]["labels"]


def name(manifest):
    return f"{manifest['kind']} {manifest['metadata']['name']}"


def disagreements(manifests, readme):
    overlay = Overlay(manifests)
    checks = (references, secrets, services, targets, disruption, hardened, network, connections)
    return [sentence for check in checks for sentence in check(overlay, readme)]


def references(overlay, _):
    """ConfigMaps and volumes that are named exist."""
    for workload in overlay.workloads():
        for volume in pod(workload)["spec"].get("volumes", []):
            claim = volume.get("persistentVolumeClaim", {}).get("claimName")
            if claim and claim not in overlay.by_kind["PersistentVolumeClaim"]:
                yield f"{name(workload)} mounts the volume {claim}, which does not exist"
        for container in containers(workload):
            for source in container.get("envFrom", []):
                if source["configMapRef"]["name"] not in overlay.by_kind["ConfigMap"]:
                    yield f"{name(workload)} reads the ConfigMap {source['configMapRef']['name']}, which does not exist"
    for kind in ("Database", "Pooler", "ScheduledBackup"):
        for manifest in overlay.all(kind):
            if manifest["spec"]["cluster"]["name"] not in overlay.by_kind["Cluster"]:
                yield f"{name(manifest)} is of a Cluster that does not exist"
    for cluster in overlay.all("Cluster"):
        for plugin in cluster["spec"].get("plugins", []):
            if plugin["parameters"]["barmanObjectName"] not in overlay.by_kind["ObjectStore"]:
                yield f"{name(cluster)} archives to an ObjectStore that does not exist"


def secrets(overlay, readme):
    """No manifest holds a secret; every one that is referred to is in the README's list, with its keys."""
    if overlay.by_kind["Secret"]:
        yield "a Secret is among the manifests"
    table = readme.partition("| secret | keys |")[2].partition("\n\n")[0]
    listed = dict(re.findall(r"^\| `([a-z-]+)` \| ([^|]*) \|", table, re.MULTILINE))
    for manifest in (*overlay.workloads(), *overlay.all("Cluster"), *overlay.all("ObjectStore")):
        for secret, key in secret_references(manifest):
            if f"`{key}`" not in listed.get(secret, ""):
                yield f"{name(manifest)} needs {key} of the secret {secret}, which k8s/README.md does not list"


def secret_references(value):
    if isinstance(value, list):
        for item in value:
            yield from secret_references(item)
    elif isinstance(value, dict):
        for field, item in value.items():
            if field in ("secretKeyRef", "accessKeyId", "secretAccessKey"):
                yield item["name"], item["key"]
            elif field == "passwordSecret":
                yield item["name"], "username"
                yield item["name"], "password"
            else:
                yield from secret_references(item)


def services(overlay, _):
    """Every Service has pods, and they listen where it sends."""
    for service in overlay.all("Service"):
        behind = [work for work in overlay.workloads() if chosen(service["spec"]["selector"], labels(work))]
        if len(behind) != 1:
            yield f"{name(service)} finds {len(behind)} workloads"
            continue
        ports = {port["name"]: port["containerPort"] for port in containers(behind[0])[0]["ports"]}
        for port in service["spec"]["ports"]:
            if ports.get(port["targetPort"]) != port["port"]:
                yield f"{name(service)} sends {port['port']} to {port['targetPort']}, which {name(behind[0])} has at {ports}"
    for route in overlay.all("HTTPRoute"):
        for backend in (backend for rule in route["spec"]["rules"] for backend in rule["backendRefs"]):
            service = overlay.by_kind["Service"].get(backend["name"])
            if not service or backend["port"] not in [port["port"] for port in service["spec"]["ports"]]:
                yield f"{name(route)} leads to {backend}, which does not exist"


def targets(overlay, _):
    """What scales exists, and no workload is scaled by two."""
    scaled = [manifest["spec"]["scaleTargetRef"]["name"] for kind in ("HorizontalPodAutoscaler", "ScaledObject") for manifest in overlay.all(kind)]
    for target in scaled:
        if target not in overlay.by_kind["Deployment"]:
            yield f"{target} is to be scaled and does not exist"
        if scaled.count(target) > 1:
            yield f"{target} is scaled by two"
    if scaled and set(scaled) != {work for work in overlay.by_kind["Deployment"] if work != "redis-cache"}:
        yield f"not everything of ours is scaled: {sorted(scaled)}"


def disruption(overlay, _):
    """A budget leaves at least one pod to be moved."""
    for budget in overlay.all("PodDisruptionBudget"):
        behind = [work for work in overlay.all("Deployment") if chosen(budget["spec"]["selector"]["matchLabels"], labels(work))]
        if len(behind) != 1:
            yield f"{name(budget)} finds {len(behind)} workloads"
        elif replicas(overlay, behind[0]["metadata"]["name"], "min") <= budget["spec"]["minAvailable"]:
            yield f"{name(budget)} would keep a machine from ever being emptied"


def hardened(overlay, _):
    """No pod runs as root, writes to its own file system, or may become more than it is."""
    for workload in overlay.workloads():
        security = pod(workload)["spec"]["securityContext"]
        if not (security["runAsNonRoot"] and security["seccompProfile"]["type"] == "RuntimeDefault"):
            yield f"{name(workload)} may run as root"
        for container in containers(workload):
            own = container["securityContext"]
            if not own["readOnlyRootFilesystem"] or own["allowPrivilegeEscalation"] or own["capabilities"]["drop"] != ["ALL"]:
                yield f"{name(workload)} is not hardened"
            if "memory" not in container["resources"]["limits"] or "cpu" not in container["resources"]["requests"]:
                yield f"{name(workload)} has no resources"


def chosen(selector, these):
    return selector.items() <= these.items()


def replicas(overlay, deployment, which):
    for kind, fields in (("HorizontalPodAutoscaler", ("minReplicas", "maxReplicas")), ("ScaledObject", ("minReplicaCount", "maxReplicaCount"))):
        for manifest in overlay.all(kind):
            if manifest["spec"]["scaleTargetRef"]["name"] == deployment:
                return manifest["spec"][fields[which == "max"]]
    return 1


def connections(overlay, _):
    """However far everything scales, PostgreSQL has a connection for each pool's share. One pod more while it rolls out."""
    total = 0
    for deployment in overlay.all("Deployment"):
        for variable in containers(deployment)[0].get("env", []):
            if variable["name"] == "MOTCUA_DATABASE_CONNECTIONS":
                total += int(variable["value"]) * (replicas(overlay, deployment["metadata"]["name"], "max") + 1)
    for cluster in overlay.all("Cluster"):
        most = int(cluster["spec"]["postgresql"]["parameters"]["max_connections"]) - RESERVED
        if total > most:
            yield f"all pools together may want {total} connections, {name(cluster)} has {most}"


def selects(policy_selector, these):
    if not chosen(policy_selector.get("matchLabels", {}), these):
        return False
    return all(these.get(rule["key"]) in rule["values"] for rule in policy_selector.get("matchExpressions", []))


def known_pods(overlay):
    """The pods of the namespace by name; those of CloudNativePG are made by its operator."""
    pods = {name(work): labels(work) for work in overlay.workloads()}
    for cluster in overlay.by_kind["Cluster"]:
        pods[f"{cluster}-rw"] = {"cnpg.io/cluster": cluster, "cnpg.io/podRole": "instance"}
    for pooler in overlay.by_kind["Pooler"]:
        pods[pooler] = {"cnpg.io/poolerName": pooler}
    return pods


def network(overlay, _):
    """What leaves for a pod here may arrive there and the other way round, and leads wherever a setting points."""
    policies, pods = list(overlay.all("NetworkPolicy")), known_pods(overlay)
    if not any(policy["spec"]["podSelector"] == {} and set(policy["spec"]["policyTypes"]) == {"Ingress", "Egress"} and not {"ingress", "egress"} & set(policy["spec"]) for policy in policies):
        yield "not everything is closed before pairs are opened"
    leaves, arrives = pairs(policies, pods, "egress", "to"), {(a, b, port) for b, a, port in pairs(policies, pods, "ingress", "from")}
    for one, other, port in sorted(leaves ^ arrives):
        yield f"{one} to {other} at {port} is opened at one end only"
    settings = {}
    for config in overlay.all("ConfigMap"):
        settings.update({key: value for key, value in config["data"].items() if key.startswith("MOTCUA_")})
    for work in overlay.workloads():
        values = [*settings.values()] if labels(work).get("app.kubernetes.io/component") == "api" else []
        values += [variable.get("value", "") for variable in containers(work)[0].get("env", [])]
        for host, port in {(host, int(port)) for value in values for host, port in re.findall(r"[@/]([a-z-]+):(\d+)", value)}:
            behind = receiver(overlay, host)
            if behind is None:
                yield f"{name(work)} is to speak with {host}, which does not exist"
            elif (name(work), behind, port) not in leaves:
                yield f"{name(work)} is to speak with {host}:{port} and may not"


def receiver(overlay, host):
    service = overlay.by_kind["Service"].get(host)
    if service:
        return next((name(work) for work in overlay.workloads() if chosen(service["spec"]["selector"], labels(work))), None)
    return host if host in known_pods(overlay) else None


def pairs(policies, pods, direction, peers):
    found = set()
    for policy in policies:
        here = [pod_name for pod_name, these in pods.items() if selects(policy["spec"]["podSelector"], these)]
        for rule in policy["spec"].get(direction, []):
            there = [
                pod_name
                for peer in rule[peers]
                if "podSelector" in peer and "namespaceSelector" not in peer
                for pod_name, these in pods.items()
                if selects(peer["podSelector"], these)
            ]
            found |= {(one, other, port["port"]) for one in here for other in there for port in rule["ports"]}
    return found
