/** A scenario to begin with: it runs as it is and says of every part what it is for. */
export const STARTER = `# A scenario of hubsim. Run it:        npx hubsim run FILE
# Is it right?                          npx hubsim check FILE
# Completion in an editor:              npx hubsim schema > scenario.schema.json
# yaml-language-server: $schema=scenario.schema.json

name: my-first-scenario
question: How long until three replicas become thirty, and are back after a node is lost?
seed: 42                                # of all random draws: the same seed gives the same bytes

vars: { replicas: 30 }                  # used as {{ replicas }}; change it with --set vars.replicas=300

cluster:
  kubernetes: "1.36"                    # picks the defaults of that minor
  profile: vm-2-core                    # what every step costs; ideal: nothing costs anything
  nodes:
    - { count: 5, zone: a, capacity: { cpu: 8, memory: 32Gi, pods: 110 } }
    - { count: 5, zone: b, capacity: { cpu: 8, memory: 32Gi, pods: 110 } }
  controllerManager: { kubeApiQps: 20, kubeApiBurst: 30 }

before:                                 # applied and converged before time zero
  - apply: web.yaml                     # any manifest of kubectl; relative to this file

timeline:
  - { at: 0s, scale: deployment/web, replicas: "{{ replicas }}" }
  - { at: converged, fault: node-crash, nodes: [node-0003], for: 10m }

stop: { when: converged, atMost: 30m }

expect:                                 # CEL over summary.json; a false one makes the exit code 1
  - end.reason == "converged"
  - pods.running >= 30
  - within(30s, pods.running >= 20)     # over time: always(…), eventually(…), within(…, …)
`;

/** The manifest that the starter applies. */
export const STARTER_MANIFEST = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 3
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: web
          image: registry.example/web:1
          resources: { requests: { cpu: 100m, memory: 128Mi } }
`;
