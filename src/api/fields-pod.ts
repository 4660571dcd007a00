import { both, choice, type Field, flag, ignored, integer, list, mapOf, object, text, unmodelled } from './field.js';
import { labels } from './fields-meta.js';
import { affinity, schedulingGate, spreadConstraint, toleration } from './fields-placement.js';
import { excessOf, quantity } from './fields-quantity.js';
import { type JsonObject, objectsAt } from './json.js';
import { dnsLabelProblem } from './names.js';

const MAX_PORT = 65_535;
const MAX_INT32 = 2_147_483_647;
const MIN_INT32 = -2_147_483_648;

/** Amounts by resource name. */
export const quantities: Field = mapOf(quantity);

/** A request above its limit is what Kubernetes refuses most often. */
const requestsWithinLimits: Field = (value, report) => {
  for (const { name, amount, bound } of excessOf(value, 'requests', 'limits')) {
    const message = `requests ${amount} of ${name}, which is more than its limit ${bound}`;
    report.refuse(message, value, 'lower the request or raise the limit');
  }
};

const resources: Field = both(
  object({ requests: quantities, limits: quantities, claims: unmodelled }),
  requestsWithinLimits,
);

const port: Field = object({
  containerPort: integer(1, MAX_PORT),
  hostPort: integer(0, MAX_PORT),
  hostIP: text(),
  name: ignored,
  protocol: choice('TCP', 'UDP', 'SCTP'),
});

const threshold: Field = integer(1, MAX_INT32);
const seconds: Field = integer(0, MAX_INT32);

/** What it asks makes no difference: annotations say when it is answered. */
const probe: Field = object({
  initialDelaySeconds: seconds,
  periodSeconds: threshold,
  successThreshold: threshold,
  failureThreshold: threshold,
  timeoutSeconds: threshold,
  terminationGracePeriodSeconds: unmodelled,
  exec: ignored,
  grpc: ignored,
  httpGet: ignored,
  tcpSocket: ignored,
});

const lifecycle: Field = object({
  preStop: object({ sleep: object({ seconds }), exec: ignored, httpGet: ignored, tcpSocket: ignored }),
  postStart: unmodelled,
  stopSignal: ignored,
});

const container: Field = object(
  {
    name: text(dnsLabelProblem),
    image: text(),
    resources,
    ports: list(port),
    restartPolicy: text(),
    restartPolicyRules: unmodelled,
    lifecycle,
    livenessProbe: probe,
    readinessProbe: probe,
    startupProbe: probe,
    args: ignored,
    command: ignored,
    env: ignored,
    envFrom: ignored,
    imagePullPolicy: choice('Always', 'IfNotPresent', 'Never'),
    resizePolicy: ignored,
    securityContext: ignored,
    stdin: ignored,
    stdinOnce: ignored,
    terminationMessagePath: ignored,
    terminationMessagePolicy: ignored,
    tty: ignored,
    volumeDevices: ignored,
    volumeMounts: ignored,
    workingDir: ignored,
  },
  'name',
);

/** Volumes that are there at once everywhere cost nothing; the others take time, or bind a pod to a place. */
const volume: Field = object(
  {
    name: text(),
    configMap: ignored,
    downwardAPI: ignored,
    emptyDir: ignored,
    hostPath: ignored,
    image: ignored,
    projected: ignored,
    secret: ignored,
    csi: unmodelled,
    ephemeral: unmodelled,
    nfs: unmodelled,
    persistentVolumeClaim: object({ claimName: text(), readOnly: ignored }, 'claimName'),
  },
  'name',
);

/** Containers of one pod have different names. */
const distinctNames: Field = (value, report) => {
  const spec = value as JsonObject;
  const seen = new Set<unknown>();
  for (const { name } of [...objectsAt(spec, 'initContainers'), ...objectsAt(spec, 'containers')]) {
    if (seen.has(name)) report.error('has two containers of the same name', name, 'give each its own name');
    seen.add(name);
  }
};

const atLeastOne: Field = (value, report) => {
  if (Array.isArray(value) && value.length === 0) report.error('must have at least one element');
};

/** A pod's spec. What is modelled, what is not, and what makes no difference; extend it when the model grows. */
export const podSpec: Field = both(
  object(
    {
      containers: both(list(container), atLeastOne),
      initContainers: list(container),
      resources,
      overhead: quantities,
      nodeName: text(),
      nodeSelector: labels,
      affinity,
      tolerations: list(toleration),
      topologySpreadConstraints: list(spreadConstraint),
      schedulingGates: list(schedulingGate),
      priority: integer(MIN_INT32),
      priorityClassName: text(),
      schedulerName: text(),
      restartPolicy: choice('Always', 'OnFailure', 'Never'),
      terminationGracePeriodSeconds: integer(0, Number.MAX_SAFE_INTEGER),
      hostNetwork: flag,
      volumes: list(volume),
      activeDeadlineSeconds: unmodelled,
      readinessGates: unmodelled,
      resourceClaims: unmodelled,
      runtimeClassName: unmodelled,
      automountServiceAccountToken: ignored,
      dnsConfig: ignored,
      dnsPolicy: ignored,
      enableServiceLinks: ignored,
      ephemeralContainers: ignored,
      hostAliases: ignored,
      hostIPC: ignored,
      hostPID: ignored,
      hostUsers: ignored,
      hostname: ignored,
      hostnameOverride: ignored,
      imagePullSecrets: ignored,
      os: ignored,
      preemptionPolicy: ignored,
      securityContext: ignored,
      serviceAccount: ignored,
      serviceAccountName: ignored,
      setHostnameAsFQDN: ignored,
      shareProcessNamespace: ignored,
      subdomain: ignored,
    },
    'containers',
  ),
  distinctNames,
);
