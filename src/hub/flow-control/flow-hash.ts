import { hash } from 'node:crypto';

/** The 64-bit name of a flow: it decides the flow's hand of queues (util/flowcontrol/apf_controller.go hashFlowID). */
export function flowHash(schema: string, distinguisher: string): bigint {
  return hash('sha256', `${schema}\0${distinguisher}`, 'buffer').readBigUInt64LE();
}
