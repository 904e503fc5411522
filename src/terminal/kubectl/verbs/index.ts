import type { Verb } from '../define-verb.ts';
import { apiResources } from './cluster/api-resources.ts';
import { apiVersions } from './cluster/api-versions.ts';
import { clusterInfo } from './cluster/cluster-info.ts';
import { completion } from './cluster/completion.ts';
import { options } from './cluster/options.ts';
import { version } from './cluster/version.ts';
import { get } from './get/get.ts';

/** Every verb, in the order of `kubectl --help` within its heading. */
export const verbs: readonly Verb[] = [get, clusterInfo, completion, apiResources, apiVersions, version, options];
