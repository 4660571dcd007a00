import { describe, expect, it } from 'vitest';
import { byRevision, type ControllerRevision, equalTemplates } from '../../../../src/api/controller-revision.js';
import { CONFIG_MAP } from '../../../../src/api/kind.js';
import { ObjectMeta } from '../../../../src/api/meta.js';
import { draft } from '../../../../src/api/object.js';
import type { PodTemplate } from '../../../../src/api/pod.js';
import { expiredRevisions, revisionChange } from '../../../../src/spokes/controllers/statefulset/revision-history.js';
import { samplePod } from '../sample-pod.js';

const { shape } = samplePod('t').spec;

function template(ver: string): PodTemplate {
  return { labels: { ver }, annotations: {}, shape };
}

function revision(number: number, ver: string): ControllerRevision {
  const spec = { revision: number, template: template(ver) };
  return draft(CONFIG_MAP, ObjectMeta.of({ name: `db-${ver}`, creationTimestampNs: 0 }), spec, undefined);
}

describe('revisions', () => {
  const history = [revision(1, 'a'), revision(2, 'b')];

  it('stay as they are while the template is the newest', () => {
    expect(revisionChange(template('b'), history)).toEqual({ verb: 'keep', existing: history[1] });
  });

  it('give an old template the next number when it comes back', () => {
    expect(revisionChange(template('a'), history)).toEqual({ verb: 'renumber', existing: history[0], revision: 3 });
  });

  it('grow by one for a new template', () => {
    expect(revisionChange(template('c'), history)).toEqual({ verb: 'create', revision: 3 });
    expect(revisionChange(template('c'), [])).toEqual({ verb: 'create', revision: 1 });
  });

  it('expire from the lowest, but never while a pod was made from them', () => {
    const many = [revision(1, 'a'), revision(2, 'b'), revision(3, 'c'), revision(4, 'd')];
    expect(expiredRevisions(many, new Set(['db-a', 'db-d']), 1)).toEqual([many[1]]);
    expect(expiredRevisions(many, new Set(), 10)).toEqual([]);
  });

  it('are equal when they make the same pods, and ordered by number, then by name', () => {
    expect(equalTemplates(template('a'), template('a'))).toBe(true);
    expect(equalTemplates(template('a'), template('b'))).toBe(false);
    expect(
      [revision(2, 'b'), revision(1, 'z'), revision(1, 'a')].sort(byRevision).map((each) => each.metadata.name),
    ).toEqual(['db-a', 'db-z', 'db-b']);
  });
});
