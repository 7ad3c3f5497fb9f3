// @kubernetes/client-node against the API server. Arguments: the kubeconfig, the folder where npm has put the package.
import assert from 'node:assert/strict';
import path from 'node:path';
import stream from 'node:stream';
import { pathToFileURL } from 'node:url';

const [kubeconfig, folder] = process.argv.slice(2);
const k8s = await import(pathToFileURL(path.join(folder, 'node_modules/@kubernetes/client-node/dist/index.js')));
const config = new k8s.KubeConfig();
config.loadFromFile(kubeconfig);
const core = config.makeApiClient(k8s.CoreV1Api);
const apps = config.makeApiClient(k8s.AppsV1Api);
const objects = k8s.KubernetesObjectApi.makeApiClient(config);
const namespace = 'javascript';
const step = (name) => console.log('ok', name);
const collect = () => {
  const chunks = [];
  const sink = new stream.Writable({ write(chunk, _, done) { chunks.push(chunk); done(); } });
  return { sink, text: () => Buffer.concat(chunks).toString() };
};

assert.match((await config.makeApiClient(k8s.VersionApi).getCode()).gitVersion, /^v1\.32/);
await core.createNamespace({ body: { metadata: { name: namespace } } });
assert((await core.listNamespace()).items.some((n) => n.metadata.name === namespace));
step('discovery and namespaces');

const list = await core.listNamespacedConfigMap({ namespace });
const seen = [];
let ended;
const end = new Promise((resolve) => { ended = resolve; });
const watching = await new k8s.Watch(config).watch(
  `/api/v1/namespaces/${namespace}/configmaps`, { resourceVersion: list.metadata.resourceVersion },
  (type, object) => { seen.push(`${type} ${object.metadata.name}`); if (type === 'DELETED') ended(); }, () => ended());
const made = await core.createNamespacedConfigMap({ namespace, body: { metadata: { name: 'a', labels: { app: 'x' } }, data: { k: '1' } } });
const patch = (body, type, more = {}) =>
  core.patchNamespacedConfigMap({ name: 'a', namespace, body, ...more }, k8s.setHeaderOptions('Content-Type', type));
assert.deepEqual((await patch({ data: { strategic: '1' } }, k8s.PatchStrategy.StrategicMergePatch)).data, { k: '1', strategic: '1' });
assert.deepEqual((await patch([{ op: 'remove', path: '/data/strategic' }], k8s.PatchStrategy.JsonPatch)).data, { k: '1' });
assert.deepEqual((await patch({ data: { k: null, m: '2' } }, k8s.PatchStrategy.MergePatch)).data, { m: '2' });
const applied = await patch({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { s: '3' } },
  k8s.PatchStrategy.ServerSideApply, { fieldManager: 'javascript' });
assert.deepEqual(applied.data, { m: '2', s: '3' });
assert(applied.metadata.managedFields.some((f) => f.manager === 'javascript' && f.operation === 'Apply'));
step('every kind of patch');

await assert.rejects(core.replaceNamespacedConfigMap({ name: 'a', namespace, body: made }), (e) => e.code === 409);
await assert.rejects(core.readNamespacedConfigMap({ name: 'missing', namespace }), (e) => e.code === 404);
assert.equal((await core.listNamespacedConfigMap({ namespace, labelSelector: 'app!=y' })).items.length, 1);
await core.deleteNamespacedConfigMap({ name: 'a', namespace });
await end;
watching.abort();
assert.equal(seen[0], 'ADDED a');
assert.equal(seen.at(-1), 'DELETED a');
step('watch, conflict, selectors');

const template = { metadata: { labels: { app: 'd' } }, spec: { containers: [{ name: 'c', image: 'i' }] } };
await objects.create({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'd', namespace }, spec: { selector: { matchLabels: { app: 'd' } }, template } });
const scale = await apps.readNamespacedDeploymentScale({ name: 'd', namespace });
scale.spec.replicas = 4;
assert.equal((await apps.replaceNamespacedDeploymentScale({ name: 'd', namespace, body: scale })).spec.replicas, 4);
step('generic objects and scale');

await core.createNamespacedPod({ namespace, body: { metadata: { name: 'p' }, spec: { nodeName: 'stand-in', containers: [{ name: 'c', image: 'i' }] } } });
const log = collect();
await new k8s.Log(config).log(namespace, 'p', 'c', log.sink, { tailLines: 1 });
await stream.promises.finished(log.sink);
assert.equal(log.text(), 'a line of the log\n');
const output = collect();
const status = await new Promise((resolve, reject) => {
  new k8s.Exec(config).exec(namespace, 'p', 'c', ['echo', 'hello'], output.sink, null, null, false, resolve).catch(reject);
});
assert.equal(status.status, 'Success');
assert.equal(output.text(), 'echo hello\n');
await core.deleteNamespacedPod({ name: 'p', namespace, gracePeriodSeconds: 0 });
await core.deleteNamespace({ name: namespace });
step('log and exec');
process.exit(0);
