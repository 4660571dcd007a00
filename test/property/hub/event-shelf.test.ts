import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ByIdentity } from '../../../src/api/by-identity.js';
import { EVENT } from '../../../src/api/kind.js';
import { ObjectMeta } from '../../../src/api/meta.js';
import { ApiObject } from '../../../src/api/object.js';
import { CoreEventFields, type RecordedFields, SeriesEventFields, Teller } from '../../../src/api/recorded-fields.js';
import { EventShelf } from '../../../src/hub/event-shelf.js';

/** Metadata of Events that recorders do not write, but users may, beside that which they do. */
const META = fc.record(
  {
    namespace: fc.constantFrom('default', 'kube-system'),
    name: fc.constantFrom('web.kubelet.0', 'web.kubelet.1'),
    creationTimestampNs: fc.nat(),
    labels: fc.constant({ app: 'web' }),
    annotations: fc.constant({ note: 'by hand' }),
    ownerReferences: fc.constant([{ kindId: 1, id: 2, name: 'web', controller: true, blockOwnerDeletion: false }]),
    finalizers: fc.constant(['example.com/keep']),
    generation: fc.nat(2),
    deletionTimestampNs: fc.nat(),
    deletionGracePeriodSeconds: fc.nat(30),
  },
  { requiredKeys: ['namespace', 'name', 'creationTimestampNs'] },
);

/** An Event of one of few identities, or the end of one. */
const CHANGE = fc.record({
  id: fc.nat(5),
  gone: fc.boolean(),
  metadata: META,
  status: fc.constantFrom(undefined, { phase: 'odd' }),
  extra: fc.constantFrom(undefined, { type: 'Normal', reason: 'Started', count: 3 }),
  sequence: fc.option(fc.nat(300), { nil: undefined }),
});

const TOLD = { type: 'Normal', reason: 'Started', message: 'Container started' };
const KUBELET = new Teller('kubelet', 'node-0');

/** What a recorder would write with that number: of the core API, once more, or of the scheduler's. */
function recorded(sequence: number): RecordedFields {
  const about = { kind: 'Pod', namespace: 'default', name: 'web' };
  if (sequence % 3 === 0) return new SeriesEventFields(TOLD, about, new Teller('scheduler'), sequence);
  const fields = new CoreEventFields(TOLD, about, KUBELET, sequence);
  return sequence % 3 === 1 ? fields : fields.repeated();
}

test('a shelf of Events gives back what was put there, as objects by identity do', () => {
  fc.assert(
    fc.property(fc.array(CHANGE, { maxLength: 20, size: 'max' }), (changes) => {
      const shelf = new EventShelf();
      const twin = new ByIdentity<ApiObject>();
      for (const [revision, { id, gone, metadata, status, extra, sequence }] of changes.entries()) {
        const fields = sequence === undefined ? undefined : recorded(sequence);
        const named = fields && { namespace: fields.eventNamespace, name: fields.eventName };
        const meta = ObjectMeta.of({ ...metadata, ...named });
        const event = new ApiObject(EVENT, id, revision, meta, undefined, status, fields ?? extra);
        for (const kept of [shelf, twin]) {
          if (gone) kept.delete(id);
          else kept.set(event);
        }
        expect(shelf.get(id)).toEqual(twin.get(id));
        expect(shelf.get(id)?.extra).toBe(twin.get(id)?.extra);
        expect(shelf.size).toBe(twin.size);
      }
      expect([...shelf.values()]).toEqual([...twin.values()]);
    }),
    { seed: 1, numRuns: 500 },
  );
});
