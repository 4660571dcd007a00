import { describe, expect, it } from 'vitest';
import { readManifests } from '../../../src/api/manifest.js';
import { PodShapes } from '../../../src/api/pod-shapes.js';
import { isDefault } from '../../../src/api/storage-class.js';
import { missingClasses } from '../../../src/scenario/storage-classes.js';

const database = (...classes: readonly string[]) => `---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db }
spec:
  selector: { matchLabels: { app: db } }
  template: { metadata: { labels: { app: db } }, spec: { containers: [ { name: c, image: a } ] } }
  volumeClaimTemplates: [ ${classes.map((one, index) => `{ metadata: { name: "v${index}" }, spec: { ${one} } }`).join(', ')} ]
`;

function missing(...texts: readonly string[]): string[] {
  const { objects } = readManifests(texts.join(''), 'a.yaml', { shapes: new PodShapes() });
  return missingClasses(objects).map((one) => `${one.metadata.name}${isDefault(one) ? ' (default)' : ''}`);
}

describe('storage classes that nothing makes', () => {
  it('had been made long ago, the default of the cluster among them', () => {
    expect(missing(database('storageClassName: fast', ''))).toEqual(['standard (default)', 'fast']);
    expect(missing(database('storageClassName: ""'))).toEqual([]);
  });

  it('are not made if a manifest makes them, or volumes of them', () => {
    const named = '---\napiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: { name: fast }\nprovisioner: a\n';
    expect(missing(database('storageClassName: fast', ''), named)).toEqual(['standard (default)']);
    const volume = (spec: string) =>
      `---\napiVersion: v1\nkind: PersistentVolume\nmetadata: { name: a }\nspec: { capacity: { storage: 1Gi }, accessModes: [ReadWriteOnce], hostPath: { path: /a } ${spec} }\n`;
    expect(missing(database('storageClassName: fast', ''), volume(''))).toEqual(['fast']);
    expect(missing(database('storageClassName: fast'), volume(', storageClassName: fast'))).toEqual([]);
  });
});
