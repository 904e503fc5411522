import type { AdmissionPlugin } from './admission-plugin.ts';

/** In the order in which the API server runs them. */
export const admissionPlugins: readonly AdmissionPlugin[] = [];
