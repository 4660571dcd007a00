import type { Labels } from './labels.js';
import type { ApiObject } from './object.js';

export interface ServicePort {
  readonly name: string;
  readonly protocol: string;
  readonly port: number;
  /** The port of the pods, by number or by the name that their containers give it. */
  readonly targetPort: number | string;
}

export interface ServiceSpec {
  readonly type: 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName';
  /** `clusterIP: None`. */
  readonly headless: boolean;
  /** Undefined selects nothing: such a Service gets its endpoints from somebody else. */
  readonly selector: Labels | undefined;
  readonly ports: readonly ServicePort[];
  readonly publishNotReadyAddresses: boolean;
}

export type Service = ApiObject<ServiceSpec, undefined>;
