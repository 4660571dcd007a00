import { controllerReference, defineKind, type KindRef, type Manifest, type NewManifest } from 'hubsim';

interface OrderSpec {
  readonly menu: string;
  readonly count: number;
}

interface OrderStatus {
  readonly phase?: 'cooking' | 'cooked' | 'garnished';
  readonly cooked?: number;
  readonly garnished?: number;
}

/** What shall be on the table. */
export const Order: KindRef<OrderSpec, OrderStatus> = defineKind({
  apiVersion: 'restaurant.example/v1',
  kind: 'Order',
  plural: 'orders',
  converged: ({ spec, status }) => status?.phase === 'garnished' && status.garnished === spec.count,
});

/** A plate on the counter: cooked, and perhaps garnished. */
export const Plate: KindRef<{ readonly menu: string }, { readonly garnished?: boolean }> = defineKind({
  apiVersion: 'restaurant.example/v1',
  kind: 'Plate',
  plural: 'plates',
});

/** The plates that an order comes to. */
export function platesOf(order: Manifest<OrderSpec, OrderStatus>): NewManifest[] {
  const { name, namespace = 'default' } = order.metadata;
  return Array.from({ length: order.spec.count }, (_, index) => ({
    apiVersion: Plate.apiVersion,
    kind: Plate.kind,
    metadata: { name: `${name}-${index}`, namespace, ownerReferences: [controllerReference(order)] },
    spec: { menu: order.spec.menu },
  }));
}
