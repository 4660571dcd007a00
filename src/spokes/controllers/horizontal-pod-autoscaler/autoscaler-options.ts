/** Flags of the controller manager, in their names; defaults as in podautoscaler/config/v1alpha1. */
export interface AutoscalerOptions {
  readonly horizontalPodAutoscalerSyncPeriodNs: number;
  readonly horizontalPodAutoscalerDownscaleStabilizationNs: number;
  /** How far usage may be off its target, as a fraction of it. */
  readonly horizontalPodAutoscalerTolerance: number;
  readonly horizontalPodAutoscalerCpuInitializationPeriodNs: number;
  readonly horizontalPodAutoscalerInitialReadinessDelayNs: number;
  readonly concurrentHorizontalPodAutoscalerSyncs: number;
  /** Whether autoscalers may have tolerances of their own (gate HPAConfigurableTolerance). */
  readonly configurableTolerance?: boolean;
}
