import { describe, expect, it } from 'vitest';
import { DEPLOYMENT, POD } from '../../../src/api/kind.js';
import { KindRegistry } from '../../../src/api/kind-registry.js';

const ORDER = { group: 'restaurant.example', version: 'v1', name: 'Order', resource: 'orders' };

describe('KindRegistry', () => {
  it('finds built-in kinds by API version, and by what people call them', () => {
    const kinds = new KindRegistry();
    expect(kinds.find('apps/v1', 'Deployment')).toBe(DEPLOYMENT);
    expect(kinds.find('v1', 'Deployment')).toBeUndefined();
    for (const word of ['pod', 'Pod', 'pods', 'po']) expect(kinds.named(word)).toBe(POD);
    expect(kinds.named('constructor')).toBeUndefined();
  });

  it('numbers its kinds densely', () => {
    const kinds = new KindRegistry([ORDER]);
    expect(kinds.all.map(({ id }) => id)).toEqual(kinds.all.map((_, index) => index));
    expect(kinds.find('restaurant.example/v1', 'Order')).toMatchObject({ namespaced: true, watchCached: true });
  });

  it('refuses a kind twice', () => {
    expect(() => new KindRegistry([ORDER, ORDER])).toThrow(/registered already/);
  });

  it('helps with an unknown kind', () => {
    const kinds = new KindRegistry();
    expect(kinds.remedyFor('apps/v1', 'Deploymnet')).toBe('did you mean "Deployment"?');
    expect(kinds.remedyFor('v1', 'Deployment')).toBe('Deployment is of apiVersion apps/v1, not v1');
  });
});
