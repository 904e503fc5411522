import { UsageError } from '../../errors.ts';
import { bool, type FlagValues } from '../../flags/flag.ts';
import type { Invocation } from '../../invocation.ts';
import { fileFlags, printFlags, selectorFlag } from '../../print/print-flags.ts';
import { type Info, selectAll } from '../../resource/selection.ts';
import { type DryRun, dryRunFlag, fieldManagerFlag } from '../../writing/write-flags.ts';

export const setFlags = {
  ...printFlags,
  ...fileFlags,
  ...dryRunFlag,
  ...fieldManagerFlag('kubectl-set'),
  all: bool('', 'All objects of the types, in the namespace.'),
  local: bool('', 'Change what the files hold, without asking the server.'),
};

export const setSelectorFlags = { ...setFlags, ...selectorFlag };

type SetOptions = FlagValues<typeof setFlags> & { readonly selector?: string };

export const localResourceError =
  "error: you must specify resources by --filename when --local is set.\nExample resource specifications include:\n   '-f rsrc.yaml'\n   '--filename=rsrc.json'";

/** The objects that a `set` command is about. */
export function setTargets(kubectl: Invocation, args: readonly string[], options: SetOptions): Promise<readonly Info[]> {
  const { filename, kustomize, recursive, selector = '', all, local } = options;
  if (local && args.length > 0) throw new UsageError(localResourceError);
  return selectAll(kubectl, { args, filename, kustomize, recursive, selector, all, local, latest: true });
}

export function refuseLocalOnServer(local: boolean, dryRun: DryRun): void {
  if (local && dryRun === 'server') throw new UsageError('cannot specify --local and --dry-run=server - did you mean --dry-run=client?');
}

export function refuseAllWithSelector({ all, selector }: { all: boolean; selector: string }): void {
  if (all && selector) throw new UsageError('cannot set --all and --selector at the same time');
}
