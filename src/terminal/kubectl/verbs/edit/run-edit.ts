import { UsageError } from '../../errors.ts';
import type { Invocation } from '../../invocation.ts';
import { objectPrinter } from '../../print/object-printer.ts';
import { objectInfos } from '../../resource/object-infos.ts';
import { type Info, selectAll } from '../../resource/selection.ts';
import { lastAppliedAnnotation } from '../../writing/last-applied.ts';
import { writeQuery } from '../../writing/write-flags.ts';
import { editedDocuments } from './edited-text.ts';
import type { EditMode } from './results.ts';
import { type Saving, saveAsLastApplied, saveAsNew, saveAsPatches } from './save-edits.ts';
import { type EditSession, editUntilSaved } from './session.ts';

/** Flags that the three ways of editing share; some lack some. */
export interface EditOptions {
  readonly filename: readonly string[];
  readonly kustomize: string;
  readonly recursive: boolean;
  readonly output: string;
  readonly template: string;
  readonly validate: string;
  readonly manager: string;
  readonly windowsLineEndings: boolean;
  readonly saveConfig?: boolean;
  readonly subresource?: string;
  readonly outputPatch?: boolean;
}

/** Opens what the server has in an editor and sends back what was changed. */
export async function editLive(kubectl: Invocation, options: EditOptions): Promise<void> {
  const infos = await selected(kubectl, options);
  if (infos.length === 0) throw new UsageError('edit cancelled, no objects found');
  const saving = savingOf(kubectl, infos, options);
  await editUntilSaved(
    kubectl,
    sessionOf('edit', infos, options, (edited, results) => saveAsPatches(kubectl, edited, results, saving)),
  );
}

/** Opens manifests in an editor, one after the other, and creates what was made of them. */
export async function editBeforeCreate(kubectl: Invocation, options: EditOptions): Promise<void> {
  const { filename, kustomize, recursive } = options;
  for (const info of await selectAll(kubectl, { filename, kustomize, recursive })) {
    const saving = savingOf(kubectl, [info], options);
    await editUntilSaved(
      kubectl,
      sessionOf('create', [info], options, (edited) => saveAsNew(kubectl, edited, saving)),
    );
  }
}

/** Opens the records of what was applied last. */
export async function editLastApplied(kubectl: Invocation, options: EditOptions): Promise<void> {
  const infos = await selected(kubectl, options);
  const texts = infos.flatMap(({ object }) => object.metadata.annotations?.[lastAppliedAnnotation] ?? []);
  const recorded = (await Promise.all(texts.map((text) => objectInfos(kubectl, editedDocuments(text), {})))).flatMap((found) => found.infos);
  if (recorded.length === 0) {
    throw new UsageError(
      'no last-applied-configuration annotation found on resources, to create the annotation, use command `kubectl apply set-last-applied --create-annotation`',
    );
  }
  const saving = savingOf(kubectl, recorded, options);
  await editUntilSaved(
    kubectl,
    sessionOf('last-applied', recorded, options, (edited) => saveAsLastApplied(kubectl, edited, saving)),
  );
}

const selected = (kubectl: Invocation, { filename, kustomize, recursive, subresource = '' }: EditOptions): Promise<readonly Info[]> =>
  selectAll(kubectl, { args: kubectl.args, filename, kustomize, recursive, subresource, latest: true, allowEmptySelector: true });

const sessionOf = (
  mode: EditMode,
  infos: readonly Info[],
  { output, windowsLineEndings, validate }: EditOptions,
  save: EditSession['save'],
): EditSession => ({
  mode,
  infos,
  format: output === 'json' ? 'json' : 'yaml',
  windowsLineEndings,
  validate: !['ignore', 'false'].includes(validate),
  save,
});

function savingOf(kubectl: Invocation, originals: readonly Info[], options: EditOptions): Saving {
  const { output, template, manager, validate } = options;
  const printer = (operation: string) => objectPrinter({ output, template, operation, readFile: (path) => kubectl.readText(path) });
  return {
    originals,
    query: writeQuery({ dryRun: 'none', manager, validate }),
    subresource: options.subresource ?? '',
    outputPatch: options.outputPatch ?? false,
    saveConfig: options.saveConfig ?? false,
    print: (object, operation) => kubectl.print(printer(operation)(object)),
  };
}
