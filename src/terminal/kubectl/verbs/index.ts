import type { Verb } from '../define-verb.ts';
import { apply } from './apply/apply.ts';
import { auth } from './auth/auth.ts';
import { autoscale } from './autoscale/autoscale.ts';
import { certificate } from './certificate/certificate.ts';
import { apiResources } from './cluster/api-resources.ts';
import { apiVersions } from './cluster/api-versions.ts';
import { clusterInfo } from './cluster/cluster-info.ts';
import { completion } from './cluster/completion.ts';
import { options } from './cluster/options.ts';
import { plugin } from './cluster/plugin.ts';
import { proxy } from './cluster/proxy.ts';
import { version } from './cluster/version.ts';
import { config } from './config/config.ts';
import { create } from './create/create.ts';
import { debug } from './debug/debug.ts';
import { deleteVerb } from './delete/delete.ts';
import { describe } from './describe/describe.ts';
import { diff } from './diff/diff.ts';
import { cordon, uncordon } from './drain/cordon.ts';
import { drain } from './drain/drain.ts';
import { edit } from './edit/edit.ts';
import { events } from './events/events.ts';
import { explain } from './explain/explain.ts';
import { expose } from './expose/expose.ts';
import { get } from './get/get.ts';
import { kustomize } from './kustomize/kustomize.ts';
import { annotate } from './label/annotate.ts';
import { label } from './label/label.ts';
import { patch } from './patch/patch.ts';
import { attach } from './pods/attach.ts';
import { cp } from './pods/cp.ts';
import { exec } from './pods/exec.ts';
import { logs } from './pods/logs.ts';
import { portForward } from './pods/port-forward.ts';
import { replace } from './replace/replace.ts';
import { rollout } from './rollout/rollout.ts';
import { run } from './run/run.ts';
import { scale } from './scale/scale.ts';
import { set } from './set/set.ts';
import { taint } from './taint/taint.ts';
import { top } from './top/top.ts';
import { wait } from './wait/wait.ts';

/** Every verb, in the order of `kubectl --help` within its heading. */
export const verbs: readonly Verb[] = [
  create,
  expose,
  run,
  set,
  explain,
  get,
  edit,
  deleteVerb,
  rollout,
  scale,
  autoscale,
  certificate,
  clusterInfo,
  top,
  cordon,
  uncordon,
  drain,
  taint,
  describe,
  logs,
  attach,
  exec,
  portForward,
  proxy,
  cp,
  auth,
  debug,
  events,
  diff,
  apply,
  patch,
  replace,
  wait,
  kustomize,
  label,
  annotate,
  completion,
  apiResources,
  apiVersions,
  config,
  plugin,
  version,
  options,
];
