import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DEFAULT_FLOW_SCHEMAS } from '../../../src/hub/flow-control/default-flow-schemas.js';
import { DEFAULT_PRIORITY_LEVELS } from '../../../src/hub/flow-control/default-priority-levels.js';
import { FlowDirectory } from '../../../src/hub/flow-control/flow-directory.js';
import { userNamed } from '../../../src/hub/flow-control/user.js';

const KINDS = ['pods', 'nodes', 'leases', 'endpoints'].map((resource) => ({
  group: resource === 'leases' ? 'coordination.k8s.io' : '',
  resource,
}));
const USERS = [
  'system:node:a',
  'system:node:b',
  'system:kube-scheduler',
  'system:serviceaccount:kube-system:x',
  'system:serviceaccount:shop:x',
  'alice',
];

const asked = fc.record({
  user: fc.constantFrom(...USERS),
  verb: fc.constantFrom('get', 'update', 'patch', 'create'),
  kind: fc.constantFrom(...KINDS),
  subresource: fc.constantFrom('', 'status'),
  namespace: fc.constantFrom('', 'kube-system', 'kube-node-lease', 'shop'),
});

function newDirectory(): FlowDirectory {
  return new FlowDirectory(DEFAULT_FLOW_SCHEMAS, DEFAULT_PRIORITY_LEVELS);
}

it('the flow of a request is the same whoever asked for what before', () => {
  fc.assert(
    fc.property(fc.array(asked, { maxLength: 60 }), (requests) => {
      const directory = newDirectory();
      const askers = new Map(USERS.map((user) => [user, directory.asker(userNamed(user))]));
      for (const { user, ...request } of requests) {
        const alone = newDirectory().asker(userNamed(user));
        expect(askers.get(user)!.flowOf(request)).toEqual(alone.flowOf(request));
      }
    }),
  );
});
