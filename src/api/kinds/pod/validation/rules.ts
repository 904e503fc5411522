/** What differs between a pod and a template of pods. */
export interface PodRules {
  readonly resourceIsPod: boolean;
}
