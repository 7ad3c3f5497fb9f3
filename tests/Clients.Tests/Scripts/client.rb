# Debian's ruby-kubeclient against the API server.
require 'kubeclient'

config = Kubeclient::Config.read(ARGV[0])
context = config.context
def connect(context, path, version)
  Kubeclient::Client.new(context.api_endpoint + path, version, ssl_options: context.ssl_options, auth_options: context.auth_options)
end
core = connect(context, '', 'v1')
apps = connect(context, '/apis/apps', 'v1')
ns = 'ruby'

def step(name)
  puts "ok #{name}"
  $stdout.flush
end

def expect(condition, what)
  raise what unless condition
end

core.discover
expect core.respond_to?(:get_pods), 'discovery did not make methods'
core.create_namespace(Kubeclient::Resource.new(metadata: { name: ns }))
expect core.get_namespaces.map { |n| n.metadata.name }.include?(ns), 'the namespace is not listed'
step 'discovery and namespaces'

version = core.get_config_maps(namespace: ns).resourceVersion
seen = []
watcher = core.watch_config_maps(namespace: ns, resource_version: version)
following = Thread.new do
  watcher.each do |notice|
    seen << [notice.type, notice.object.metadata.name]
    watcher.finish if notice.type == 'DELETED'
  end
end
map = core.create_config_map(Kubeclient::Resource.new(metadata: { name: 'a', namespace: ns, labels: { app: 'x' } }, data: { k: '1' }))
expect map.data.k == '1', 'create'
expect core.patch_config_map('a', { data: { strategic: '1' } }, ns).data.strategic == '1', 'strategic merge patch'
expect core.merge_patch_config_map('a', { data: { k: nil, m: '2' } }, ns).data.to_h == { strategic: '1', m: '2' }, 'merge patch'
expect core.json_patch_config_map('a', [{ op: 'remove', path: '/data/strategic' }], ns).data.to_h == { m: '2' }, 'JSON patch'
# A hash, since this version of the client sends a resource as a string.
applied = core.apply_config_map(
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: ns }, data: { s: '3' } }, field_manager: 'ruby', force: true
)
expect applied.data.to_h == { m: '2', s: '3' }, 'apply'
step 'every kind of patch'

begin
  core.update_config_map(map)
  raise 'a stale update went through'
rescue Kubeclient::HttpError => e
  expect e.error_code == 409, "expected 409, got #{e.error_code}"
end
begin
  core.get_config_map('missing', ns)
  raise 'found what is not there'
rescue Kubeclient::ResourceNotFoundError
  expect true, ''
end
expect core.get_config_maps(namespace: ns, label_selector: 'app=x').length == 1, 'selector'
core.delete_config_map('a', ns)
expect following.join(20), "the watch did not end: #{seen}"
expect seen.first == %w[ADDED a] && seen.last == %w[DELETED a], seen.to_s
step 'watch, conflict, selectors'

template = { metadata: { labels: { app: 'd' } }, spec: { containers: [{ name: 'c', image: 'i' }] } }
apps.create_deployment(Kubeclient::Resource.new(
  metadata: { name: 'd', namespace: ns }, spec: { replicas: 2, selector: { matchLabels: { app: 'd' } }, template: template }
))
expect apps.get_deployments(namespace: ns).first.spec.replicas == 2, 'deployment'
step 'deployments'

core.create_pod(Kubeclient::Resource.new(metadata: { name: 'p', namespace: ns }, spec: { nodeName: 'stand-in', containers: [{ name: 'c', image: 'i' }] }))
expect core.get_pod_log('p', ns, tail_lines: 1).to_s == "a line of the log\n", 'log'
core.delete_pod('p', ns, delete_options: Kubeclient::Resource.new(gracePeriodSeconds: 0))
core.delete_namespace(ns)
step 'log'
