import { describe, expect, test } from 'vitest';
import { readManifests } from '../../../src/api/manifest.js';
import { PodShapes } from '../../../src/api/pod-shapes.js';

/** One manifest of each kind, with the fields that the documentation of Kubernetes shows in its examples. */
const MANIFESTS: Readonly<Record<string, string>> = {
  Deployment: `apiVersion: apps/v1
kind: Deployment
metadata: { name: front, labels: { app: front }, annotations: { kubernetes.io/change-cause: first } }
spec:
  replicas: 3
  revisionHistoryLimit: 5
  progressDeadlineSeconds: 300
  minReadySeconds: 5
  strategy: { type: RollingUpdate, rollingUpdate: { maxSurge: 1, maxUnavailable: 25% } }
  selector: { matchLabels: { app: front } }
  template:
    metadata: { labels: { app: front } }
    spec:
      serviceAccountName: front
      securityContext: { runAsNonRoot: true, fsGroup: 2000 }
      containers:
        - name: front
          image: nginx:1.27
          imagePullPolicy: IfNotPresent
          command: [ "nginx" ]
          args: [ "-g", "daemon off;" ]
          env: [ { name: MODE, value: "fast" }, { name: POD, valueFrom: { fieldRef: { fieldPath: metadata.name } } } ]
          envFrom: [ { configMapRef: { name: settings } }, { secretRef: { name: keys } } ]
          ports: [ { name: http, containerPort: 80, protocol: TCP } ]
          resources: { requests: { cpu: 100m, memory: 64Mi }, limits: { cpu: 500m, memory: 128Mi } }
          volumeMounts: [ { name: cache, mountPath: /cache, readOnly: false } ]
          readinessProbe: { httpGet: { path: /, port: http }, initialDelaySeconds: 2, periodSeconds: 5 }
          livenessProbe: { tcpSocket: { port: 80 }, failureThreshold: 3 }
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: [ ALL ] } }
      volumes: [ { name: cache, emptyDir: { sizeLimit: 1Gi } } ]
      affinity:
        podAntiAffinity:
          preferredDuringSchedulingIgnoredDuringExecution:
            - weight: 100
              podAffinityTerm: { topologyKey: kubernetes.io/hostname, labelSelector: { matchLabels: { app: front } } }
      tolerations: [ { key: dedicated, operator: Equal, value: front, effect: NoSchedule } ]
`,
  ReplicaSet: `apiVersion: apps/v1
kind: ReplicaSet
metadata: { name: front }
spec:
  replicas: 3
  selector: { matchLabels: { tier: front }, matchExpressions: [ { key: tier, operator: In, values: [ front ] } ] }
  template: { metadata: { labels: { tier: front } }, spec: { containers: [ { name: c, image: "c:1" } ] } }
`,
  ReplicationController: `apiVersion: v1
kind: ReplicationController
metadata: { name: old }
spec:
  replicas: 2
  selector: { app: old }
  template: { metadata: { name: old, labels: { app: old } }, spec: { containers: [ { name: c, image: "c:1" } ] } }
`,
  StatefulSet: `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: store }
spec:
  serviceName: store
  replicas: 3
  podManagementPolicy: Parallel
  persistentVolumeClaimRetentionPolicy: { whenDeleted: Retain, whenScaled: Delete }
  updateStrategy: { type: RollingUpdate, rollingUpdate: { partition: 1 } }
  selector: { matchLabels: { app: store } }
  template:
    metadata: { labels: { app: store } }
    spec:
      terminationGracePeriodSeconds: 10
      initContainers: [ { name: init, image: "init:1", command: [ sh, -c, "exit 0" ] } ]
      containers: [ { name: c, image: "c:1", volumeMounts: [ { name: data, mountPath: /data, subPath: c } ] } ]
      volumes: [ { name: conf, configMap: { name: store, items: [ { key: a, path: b } ] } } ]
  volumeClaimTemplates:
    - metadata: { name: data }
      spec: { accessModes: [ ReadWriteOnce ], storageClassName: fast, resources: { requests: { storage: 1Gi } } }
`,
  DaemonSet: `apiVersion: apps/v1
kind: DaemonSet
metadata: { name: agent, namespace: kube-system }
spec:
  selector: { matchLabels: { name: agent } }
  updateStrategy: { type: RollingUpdate, rollingUpdate: { maxUnavailable: 1 } }
  template:
    metadata: { labels: { name: agent } }
    spec:
      priorityClassName: system-node-critical
      hostNetwork: true
      tolerations: [ { operator: Exists, effect: NoSchedule } ]
      containers: [ { name: c, image: "c:1", volumeMounts: [ { name: log, mountPath: /var/log } ] } ]
      volumes: [ { name: log, hostPath: { path: /var/log, type: Directory } } ]
`,
  Job: `apiVersion: batch/v1
kind: Job
metadata: { name: work }
spec:
  completions: 5
  parallelism: 3
  completionMode: Indexed
  backoffLimitPerIndex: 1
  maxFailedIndexes: 2
  activeDeadlineSeconds: 600
  ttlSecondsAfterFinished: 100
  podFailurePolicy:
    rules:
      - { action: FailJob, onExitCodes: { containerName: c, operator: In, values: [ 42 ] } }
      - { action: Ignore, onPodConditions: [ { type: DisruptionTarget, status: "True" } ] }
  successPolicy: { rules: [ { succeededIndexes: "0,2-3", succeededCount: 2 } ] }
  template: { spec: { restartPolicy: Never, containers: [ { name: c, image: "c:1", command: [ "true" ] } ] } }
`,
  CronJob: `apiVersion: batch/v1
kind: CronJob
metadata: { name: hello }
spec:
  schedule: "*/5 * * * *"
  timeZone: America/New_York
  concurrencyPolicy: Forbid
  startingDeadlineSeconds: 30
  successfulJobsHistoryLimit: 1
  failedJobsHistoryLimit: 1
  jobTemplate:
    spec: { template: { spec: { runtimeClassName: gvisor, restartPolicy: OnFailure, containers: [ { name: c, image: "c:1" } ] } } }
`,
  Pod: `apiVersion: v1
kind: Pod
metadata: { name: lone, labels: { role: one } }
spec:
  nodeSelector: { disktype: ssd }
  restartPolicy: OnFailure
  topologySpreadConstraints:
    - { maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule, labelSelector: { matchLabels: { role: one } } }
  containers: [ { name: c, image: "c:1", stdin: true, tty: true, lifecycle: { preStop: { exec: { command: [ "true" ] } } } } ]
  volumes: [ { name: data, persistentVolumeClaim: { claimName: data } }, { name: key, secret: { secretName: key } } ]
`,
  Service: `apiVersion: v1
kind: Service
metadata: { name: front }
spec:
  type: LoadBalancer
  selector: { app: front }
  sessionAffinity: ClientIP
  externalTrafficPolicy: Local
  ports: [ { name: http, port: 80, targetPort: http, nodePort: 30080, protocol: TCP } ]
`,
  PodDisruptionBudget: `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: front }
spec: { minAvailable: 50%, unhealthyPodEvictionPolicy: AlwaysAllow, selector: { matchLabels: { app: front } } }
`,
  Namespace: '{ apiVersion: v1, kind: Namespace, metadata: { name: shop, labels: { name: shop } } }\n',
  ConfigMap: '{ apiVersion: v1, kind: ConfigMap, metadata: { name: settings }, immutable: true, data: { a: "1" } }\n',
  PriorityClass: `apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: { name: high }
value: 1000000
globalDefault: false
preemptionPolicy: Never
description: For what must run.
`,
  PersistentVolumeClaim: `apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data }
spec: { accessModes: [ ReadWriteOnce ], volumeMode: Filesystem, storageClassName: fast, resources: { requests: { storage: 8Gi } } }
`,
  StorageClass: `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: fast }
provisioner: example.com/disk
reclaimPolicy: Retain
allowVolumeExpansion: true
volumeBindingMode: WaitForFirstConsumer
parameters: { type: ssd }
`,
};

const read = (text: string) => readManifests(text, 'a.yaml', { shapes: new PodShapes() });

describe('a manifest as the documentation shows it', () => {
  test.each(Object.keys(MANIFESTS))('of a %s is accepted as it stands', (kind) => {
    expect(read(MANIFESTS[kind]!).objects.map((object) => object.kind.name)).toEqual([kind]);
  });

  test('in KYAML, with comments and commas at every end, is accepted as well', () => {
    const kyaml = `---
{
  apiVersion: "v1",
  kind: "Pod",
  metadata: {
    name: "resized",
  },
  spec: {
    containers: [{
      name: "c",
      image: "c:1",
      resizePolicy: [{
        resourceName: "cpu",
        restartPolicy: "NotRequired", # the default
      }],
    }],
    resources: {
      limits: {
        cpu: "200m",
      },
    }, # of the whole pod
  },
}
`;
    expect(read(kyaml).objects.map(({ metadata }) => metadata.name)).toEqual(['resized']);
  });

  test('says of what has no effect once, and where it stands', () => {
    const twice = `${MANIFESTS.CronJob}---\n${MANIFESTS.CronJob!.replace('{ name: hello }', '{ name: other }')}`;
    const { warnings } = read(twice);
    expect(warnings.map((warning) => warning.format())).toEqual([
      'a.yaml:12:33: spec.jobTemplate.spec.template.spec.runtimeClassName is not modelled and has no effect (2 times)',
    ]);
  });
});
