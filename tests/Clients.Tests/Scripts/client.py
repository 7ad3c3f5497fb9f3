"""Debian's python3-kubernetes against the API server: what it does is upstream's own example code, more or less."""
import json
import sys
import threading

from kubernetes import client, config, watch
from kubernetes.client.rest import ApiException
from kubernetes.stream import stream

config.load_kube_config(sys.argv[1])
core, apps, api = client.CoreV1Api(), client.AppsV1Api(), client.ApiClient()
NS = "python"


def step(name):
    print("ok", name, flush=True)


def patch(path, body, content_type, **query):
    return api.call_api(
        path, "PATCH", body=body, query_params=list(query.items()), auth_settings=["BearerToken"], response_type="object",
        header_params={"Content-Type": content_type, "Accept": "application/json"}, _return_http_data_only=True)


assert client.VersionApi().get_code().git_version.startswith("v1.32")
assert "default" in [n.metadata.name for n in core.list_namespace().items]
core.create_namespace({"metadata": {"name": NS}})
assert any(g.name == "apps" for g in client.ApisApi().get_api_versions().groups)
step("discovery and namespaces")

version = core.list_namespaced_config_map(NS).metadata.resource_version
seen, ready = [], threading.Event()


def follow():
    watcher = watch.Watch()
    for event in watcher.stream(core.list_namespaced_config_map, NS, resource_version=version, timeout_seconds=60):
        seen.append((event["type"], event["object"].metadata.name))
        if event["type"] == "DELETED":
            watcher.stop()
    ready.set()


threading.Thread(target=follow, daemon=True).start()
made = core.create_namespaced_config_map(NS, {"metadata": {"name": "a", "labels": {"app": "x"}}, "data": {"k": "1"}})
assert made.metadata.uid and made.data == {"k": "1"}
path = f"/api/v1/namespaces/{NS}/configmaps/a"
assert core.patch_namespaced_config_map("a", NS, {"data": {"strategic": "1"}}).data == {"k": "1", "strategic": "1"}
assert core.patch_namespaced_config_map("a", NS, [{"op": "remove", "path": "/data/strategic"}]).data == {"k": "1"}
assert patch(path, {"data": {"k": None, "m": "2"}}, "application/merge-patch+json")["data"] == {"m": "2"}
document = json.dumps({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}, "data": {"s": "3"}})
applied = patch(path, document, "application/apply-patch+yaml", fieldManager="python")
assert applied["data"] == {"m": "2", "s": "3"}
assert any(f["manager"] == "python" and f["operation"] == "Apply" for f in applied["metadata"]["managedFields"])
step("every kind of patch")

made.metadata.resource_version = made.metadata.resource_version
try:
    core.replace_namespaced_config_map("a", NS, made)
    raise AssertionError("a stale update went through")
except ApiException as e:
    assert e.status == 409, e
try:
    core.create_namespaced_config_map(NS, {"metadata": {"name": "Not_A_Name"}})
    raise AssertionError("a bad name went through")
except ApiException as e:
    assert e.status == 422, e
assert [c.metadata.name for c in core.list_namespaced_config_map(NS, label_selector="app in (x,y)").items] == ["a"]
core.delete_namespaced_config_map("a", NS)
assert ready.wait(20), seen
assert seen[0] == ("ADDED", "a") and ("MODIFIED", "a") in seen and seen[-1] == ("DELETED", "a"), seen
step("watch, conflict, validation, selectors")

for i in range(5):
    core.create_namespaced_config_map(NS, {"metadata": {"generateName": "page-"}})
names, more = [], None
while more != "":
    page = core.list_namespaced_config_map(NS, limit=2, _continue=more)
    names += [c.metadata.name for c in page.items]
    more = page.metadata._continue or ""
assert len(names) == 5 and len(set(names)) == 5, names
core.delete_collection_namespaced_config_map(NS)
assert not core.list_namespaced_config_map(NS).items
step("pages and deletecollection")

template = {"metadata": {"labels": {"app": "d"}}, "spec": {"containers": [{"name": "c", "image": "i"}]}}
apps.create_namespaced_deployment(NS, {"metadata": {"name": "d"}, "spec": {"selector": {"matchLabels": {"app": "d"}}, "template": template}})
assert apps.patch_namespaced_deployment_scale("d", NS, {"spec": {"replicas": 3}}).spec.replicas == 3
assert apps.read_namespaced_deployment("d", NS).spec.replicas == 3
step("scale")

core.create_namespaced_pod(NS, {"metadata": {"name": "p"}, "spec": {"nodeName": "stand-in", "containers": [{"name": "c", "image": "i"}]}})
assert core.read_namespaced_pod_log("p", NS, tail_lines=1) == "a line of the log\n"
out = stream(core.connect_get_namespaced_pod_exec, "p", NS, command=["echo", "hello"], stderr=True, stdin=False, stdout=True, tty=False)
assert out == "echo hello\n", repr(out)
core.delete_namespaced_pod("p", NS, grace_period_seconds=0)
core.delete_namespace(NS)
step("log and exec")
