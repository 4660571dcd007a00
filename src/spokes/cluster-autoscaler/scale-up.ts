import type { Pod } from '../../api/pod.js';
import { FirstFit } from './first-fit.js';
import { FreeRoom } from './free-room.js';
import type { CloudProvider, NodeGroup } from './node-group.js';

/** So many nodes of a group would hold so many pods. */
export interface ScaleUpOption {
  readonly group: number;
  readonly nodes: number;
  readonly pods: number;
  /** Fractions of their processors and memory that would be left over, added up. */
  readonly waste: number;
}

/** Pods that find no room on nodes that are there, or on their way. */
export function podsWithoutRoom(pods: readonly Pod[], rooms: readonly FreeRoom[]): readonly Pod[] {
  const firstFit = new FirstFit(rooms);
  return pods.filter(({ spec }) => !firstFit.place(spec.shape));
}

/** What each group that may grow could do for the pods (estimator/binpacking_estimator.go). */
export function scaleUpOptions(pods: readonly Pod[], provider: CloudProvider): readonly ScaleUpOption[] {
  const largestFirst = [...pods].sort((a, b) => sizeOf(b) - sizeOf(a));
  return provider.groups.flatMap((group, index) => {
    const room = group.maxSize - provider.sizeOf(index);
    const option = room <= 0 ? undefined : estimate(largestFirst, group, index, room);
    return option === undefined ? [] : [option];
  });
}

/** Fills new nodes of a group one after the other, the largest pods first. */
function estimate(pods: readonly Pod[], group: NodeGroup, index: number, room: number): ScaleUpOption | undefined {
  const { milliCpu, memory } = group.template.status.allocatable;
  const nodes = new FirstFit([]);
  let placed = 0;
  let usedMilliCpu = 0;
  let usedMemory = 0;
  for (const { spec } of pods) {
    let found = nodes.place(spec.shape);
    if (!found && nodes.rooms.length < room) {
      const node = new FreeRoom(group.template, []);
      found = node.place(spec.shape);
      if (found) nodes.rooms.push(node);
    }
    if (!found) continue;
    placed++;
    usedMilliCpu += spec.shape.requests.milliCpu;
    usedMemory += spec.shape.requests.memory;
  }
  if (placed === 0) return undefined;
  const { length } = nodes.rooms;
  const waste = 2 - usedMilliCpu / (length * milliCpu) - usedMemory / (length * memory);
  return { group: index, nodes: length, pods: placed, waste };
}

/** As the estimator sorts pods; thousandths of a processor weigh as much as megabytes. */
function sizeOf({ spec }: Pod): number {
  return spec.shape.requests.milliCpu + spec.shape.requests.memory / 1e6;
}
