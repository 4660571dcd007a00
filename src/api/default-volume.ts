import { imageTag } from './image.js';
import { fillIn, fillInZero, type JsonObject, objectAt, objectsAt } from './json.js';
import { roundResourceList, showQuantity } from './resource-list.js';

const FILE_MODE = 0o644;

type Fill = typeof fillIn;

/** Defaults of the volume sources that are nothing but values: source, field, value, and what counts as unset. */
const PLAIN: readonly (readonly [string, string, unknown, Fill])[] = [
  ['hostPath', 'type', '', fillIn],
  ['secret', 'defaultMode', FILE_MODE, fillIn],
  ['configMap', 'defaultMode', FILE_MODE, fillIn],
  ['downwardAPI', 'defaultMode', FILE_MODE, fillIn],
  ['projected', 'defaultMode', FILE_MODE, fillIn],
  ['iscsi', 'iscsiInterface', 'default', fillInZero],
  ['rbd', 'pool', 'rbd', fillInZero],
  ['rbd', 'user', 'admin', fillInZero],
  ['rbd', 'keyring', '/etc/ceph/keyring', fillInZero],
  ['azureDisk', 'cachingMode', 'ReadWrite', fillIn],
  ['azureDisk', 'fsType', 'ext4', fillIn],
  ['azureDisk', 'readOnly', false, fillIn],
  ['azureDisk', 'kind', 'Shared', fillIn],
  ['scaleIO', 'storageMode', 'ThinProvisioned', fillInZero],
  ['scaleIO', 'fsType', 'xfs', fillInZero],
];

/** Fills in place the defaults of a pod's volume; one without a source is an emptyDir (SetDefaults_Volume). */
export function defaultVolume(volume: JsonObject): void {
  if (Object.keys(volume).every((field) => field === 'name')) volume.emptyDir = {};
  defaultVolumeSources(volume);
  showQuantity(objectAt(volume, 'emptyDir'), 'sizeLimit');
  const image = objectAt(volume, 'image');
  if (image !== undefined)
    fillInZero(image, 'pullPolicy', imageTag(image.reference) === 'latest' ? 'Always' : 'IfNotPresent');
  for (const item of objectsAt(objectAt(volume, 'downwardAPI'), 'items')) defaultFieldRef(item);
  for (const source of objectsAt(objectAt(volume, 'projected'), 'sources')) {
    for (const item of objectsAt(objectAt(source, 'downwardAPI'), 'items')) defaultFieldRef(item);
    const token = objectAt(source, 'serviceAccountToken');
    if (token !== undefined) fillIn(token, 'expirationSeconds', 3600);
  }
  const claim = objectAt(objectAt(objectAt(volume, 'ephemeral'), 'volumeClaimTemplate'), 'spec');
  if (claim !== undefined) defaultClaimSpec(claim);
}

/** Fills in place the plain defaults of the source of a pod's volume or of a PersistentVolume. */
export function defaultVolumeSources(owner: JsonObject): void {
  for (const [source, field, value, fill] of PLAIN) {
    const present = objectAt(owner, source);
    if (present !== undefined) fill(present, field, value);
  }
}

/** Fills in place the defaults of a PersistentVolumeClaim's spec. */
export function defaultClaimSpec(spec: JsonObject): void {
  fillIn(spec, 'volumeMode', 'Filesystem');
  roundResourceList(objectAt(objectAt(spec, 'resources'), 'limits'));
  roundResourceList(objectAt(objectAt(spec, 'resources'), 'requests'));
}

/** Fills in place the defaults of a reference to a field of the pod or to a container's resource. */
export function defaultFieldRef(owner: JsonObject | undefined): void {
  const reference = objectAt(owner, 'fieldRef');
  if (reference !== undefined) fillInZero(reference, 'apiVersion', 'v1');
  const resource = objectAt(owner, 'resourceFieldRef');
  if (resource === undefined) return;
  fillIn(resource, 'divisor', '0');
  showQuantity(resource, 'divisor');
}
