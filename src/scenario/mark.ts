import type { NodeSelection } from '../cluster/config.js';
import type { Mark } from '../measure/run-result.js';
import type { ObjectName, Step } from './config.js';

/** A step as it is marked on the time axes of reports, when it is done. */
export function markOf(step: Step, atNs: number): Mark {
  const fault = step.action === 'node-fault' || step.action === 'kill' || step.action === 'watch-fault';
  const lasts = 'forNs' in step && step.forNs > 0;
  return { atNs, endNs: lasts ? atNs + step.forNs : -1, text: textOf(step), fault };
}

function textOf(step: Step): string {
  switch (step.action) {
    case 'apply':
      return step.objects.length === 1
        ? `apply ${objectText(step.objects[0]!)}`
        : `apply ${step.objects.length} objects`;
    case 'group':
      return `${step.steps.length} steps`;
    case 'scale':
      return `scale ${targetText(step.target)} to ${step.replicas}`;
    case 'delete':
      return `delete ${targetText(step.target)}`;
    case 'change':
      return `change ${targetText(step.target)}`;
    case 'node-change':
      return `change ${nodesText(step.nodes)}`;
    case 'rollout':
      return `${step.verb} ${targetText(step.target)}`;
    case 'drain':
      return `drain ${nodesText(step.nodes)}`;
    case 'load':
      return `load: ${step.clients} clients ${step.verb} ${step.resource}`;
    case 'kill':
      return `kill ${step.process.component}`;
    case 'watch-fault':
      return `${step.fault} of ${step.kind.resource} in ${step.program}`;
    case 'node-fault':
      return `${step.fault}: ${nodesText(step.nodes)}`;
    default:
      return step.action;
  }
}

function objectText({ kind, metadata }: { kind: { name: string }; metadata: { name: string } }): string {
  return `${kind.name.toLowerCase()}/${metadata.name}`;
}

function targetText({ kind, name }: ObjectName): string {
  return `${kind.name.toLowerCase()}/${name}`;
}

function nodesText(selection: NodeSelection): string {
  if (selection.by === 'all') return 'all nodes';
  if (selection.by === 'zone') return `zone ${selection.zone}`;
  if (selection.by === 'chance') return `any ${selection.count} nodes`;
  return selection.names.length === 1 ? selection.names[0]! : `${selection.names.length} nodes`;
}
