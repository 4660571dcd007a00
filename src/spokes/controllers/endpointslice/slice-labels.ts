import { type EndpointSlice, HEADLESS, MANAGED_BY, SERVICE_NAME } from '../../../api/endpoint-slice.js';
import type { Labels } from '../../../api/labels.js';
import type { Service } from '../../../api/service.js';

/** Name under which the controller owns its slices. */
const CONTROLLER_NAME = 'endpointslice-controller.k8s.io';
const RESERVED: readonly string[] = [SERVICE_NAME, MANAGED_BY, HEADLESS];

/** The labels of a Service's slices: its own, and those that say whose they are (utils.go setEndpointSliceLabels). */
export function sliceLabels({ metadata, spec }: Service): Labels {
  return {
    ...ownLabels(metadata.labels),
    ...(spec.headless && { [HEADLESS]: '' }),
    [SERVICE_NAME]: metadata.name,
    [MANAGED_BY]: CONTROLLER_NAME,
  };
}

/** Whether a slice does not have the present labels of its Service. */
export function hasOldLabels(slice: EndpointSlice, service: Service): boolean {
  const have = ownLabels(slice.metadata.labels);
  const want = ownLabels(service.metadata.labels);
  const keys = Object.keys(want);
  return Object.keys(have).length !== keys.length || keys.some((key) => have[key] !== want[key]);
}

function ownLabels(labels: Labels): Labels {
  return Object.fromEntries(Object.entries(labels).filter(([key]) => !RESERVED.includes(key)));
}
