/** Which images are thrown away, and when; names as in the KubeletConfiguration. */
export interface ImageGarbageConfig {
  /** Percent of the disk from which on images are thrown away, and down to which; 100 and no maximum age: never. */
  readonly imageGcHighThresholdPercent: number;
  readonly imageGcLowThresholdPercent: number;
  /** None that was seen for the first time less than so long ago. */
  readonly imageMinimumGcAgeNs: number;
  /** All that were not used for so long, whatever is free; 0: however long. */
  readonly imageMaximumGcAgeNs: number;
}

/** What Kubernetes does when nobody says anything (pkg/kubelet/apis/config/v1beta1/defaults.go). */
export const IMAGE_GARBAGE_DEFAULTS: ImageGarbageConfig = {
  imageGcHighThresholdPercent: 85,
  imageGcLowThresholdPercent: 80,
  imageMinimumGcAgeNs: 120e9,
  imageMaximumGcAgeNs: 0,
};
