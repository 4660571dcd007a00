import { describe, expect, it } from 'vitest';
import { CONFIG_MAP } from '../../../src/api/kind.js';
import { ObjectMeta } from '../../../src/api/meta.js';
import { draft } from '../../../src/api/object.js';
import { EventRecorder } from '../../../src/client/event-recorder.js';
import { testHub } from '../hub/test-hub.js';

describe('an event recorder', () => {
  it('posts nine events and one combined one, counts fifteen more into it and drops the rest', () => {
    const hub = testHub();
    hub.measurements.begin(0);
    const program = hub.program('rs');
    const recorder = new EventRecorder(program.process, program.client('rs', 'rs', 0, 0));
    const object = draft(CONFIG_MAP, ObjectMeta.of({ namespace: 'default', name: 'web' }), undefined, undefined);
    for (let i = 0; i < 1000; i++) recorder.event(object, 'Normal', 'SuccessfulCreate', `Created pod: web-${i}`);
    hub.engine.run();
    const { requests } = hub.measurements;
    const counts = requests.keys.map((key, index) => `${key.verb} ${key.code} ${requests.latencyOf(index).count}`);
    expect(counts).toEqual(['create 201 10', 'patch 200 15']);
  });

  it('is a chore: no convergence waits for it', () => {
    const hub = testHub();
    hub.engine.run();
    const program = hub.program('rs');
    const recorder = new EventRecorder(program.process, program.client('rs', 'rs', 1, 1));
    const object = draft(CONFIG_MAP, ObjectMeta.of({ namespace: 'default', name: 'web' }), undefined, undefined);
    for (let i = 0; i < 5; i++) recorder.event(object, 'Normal', 'Reason', `message ${i}`);
    expect(hub.engine.workPending).toBe(0);
  });
});
