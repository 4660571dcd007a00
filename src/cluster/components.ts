import type { SchedulerVersion } from '../spokes/scheduler/scheduler-options.js';
import type { ClusterParts } from './cluster.js';
import { Component, type ComponentPlan } from './component.js';
import type { ClusterConfig, SchedulerConfig } from './config.js';
import { startControllerManager } from './controller-manager.js';
import { watchedKinds } from './custom-spokes.js';
import type { ComponentName, ProgramCosts } from './profile.js';
import type { Program } from './program.js';
import { newScheduler } from './scheduler.js';

/** Makes a program on the host of its component, by its number among its like. */
export type ProgramOf = (name: string, host: ComponentName, index: number, costs: ProgramCosts) => Program;

const SCHEDULER = 'kube-scheduler';
const CONTROLLER_MANAGER = 'kube-controller-manager';

/** The components of a control plane that hold a lease while they work: schedulers and the controller manager. */
export function electedComponents(config: ClusterConfig, parts: ClusterParts, program: ProgramOf): Component[] {
  const schedulers = [{ name: SCHEDULER, config: config.scheduler }, ...config.otherSchedulers];
  const plans = [
    ...schedulers.map(({ name, config: own }) => schedulerPlan(name, own, config.traits, parts, program)),
    controllerManagerPlan(config, parts, program),
  ];
  return plans.map((plan) => new Component(parts.engine, plan));
}

function schedulerPlan(
  name: string,
  config: SchedulerConfig,
  version: SchedulerVersion,
  parts: ClusterParts,
  program: ProgramOf,
): ComponentPlan {
  const costs = parts.profile.scheduler;
  return {
    name,
    replicas: config.replicas,
    warm: true,
    program: (index) => program(name, SCHEDULER, index, costs),
    furnish(own) {
      const scheduler = newScheduler(own, parts.kinds.all, config, version, costs, parts.streams, parts);
      return () => scheduler.start();
    },
  };
}

function controllerManagerPlan(config: ClusterConfig, parts: ClusterParts, program: ProgramOf): ComponentPlan {
  const costs = parts.profile.controllerManager;
  const watched = watchedKinds(parts.customSpokes ?? [], parts.kinds);
  return {
    name: CONTROLLER_MANAGER,
    replicas: config.controllerManager.replicas,
    warm: false,
    program: (index) => program(CONTROLLER_MANAGER, CONTROLLER_MANAGER, index, costs),
    furnish(own) {
      startControllerManager(own, config, costs, parts.shapes, parts.kinds.all, watched);
      return () => {};
    },
  };
}
