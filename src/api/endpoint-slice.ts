import type { ApiObject } from './object.js';

export interface EndpointPort {
  readonly name: string;
  readonly protocol: string;
  readonly port: number;
}

/** A pod behind a Service. */
export interface Endpoint {
  readonly podId: number;
  readonly podName: string;
  readonly nodeName: string;
  readonly zone: string;
  /** Serving and not being deleted. */
  readonly ready: boolean;
  readonly serving: boolean;
  readonly terminating: boolean;
}

/** The fields of an EndpointSlice, which has neither spec nor status in Kubernetes. */
export interface EndpointSliceSpec {
  readonly ports: readonly EndpointPort[];
  readonly endpoints: readonly Endpoint[];
}

export type EndpointSlice = ApiObject<EndpointSliceSpec, undefined>;

/** Labels that tie a slice to its Service and to the controller that keeps it. */
export const SERVICE_NAME = 'kubernetes.io/service-name';
export const MANAGED_BY = 'endpointslice.kubernetes.io/managed-by';
export const HEADLESS = 'service.kubernetes.io/headless';

/** Addresses of the pods behind a Service, as the older API has them; pods by identity. */
export interface EndpointsSpec {
  readonly ports: readonly EndpointPort[];
  readonly ready: readonly number[];
  readonly notReady: readonly number[];
}

export type Endpoints = ApiObject<EndpointsSpec | undefined, undefined>;
