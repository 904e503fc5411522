import { toGoJson } from '../../../../api/machinery/json.ts';
import type { KubeObject } from '../../../../api/machinery/object.ts';
import { invalid, StatusError } from '../../../../api/machinery/status-error.ts';
import { toYaml } from '../../../../api/machinery/yaml.ts';
import { messageOf, SilentExit, UsageError } from '../../errors.ts';
import type { Invocation } from '../../invocation.ts';
import { objectInfos } from '../../resource/object-infos.ts';
import type { Info } from '../../resource/selection.ts';
import { complaint, editedDocuments, hasContent, meaning, withoutComments } from './edited-text.ts';
import { type EditedFile, launchEditor } from './launch.ts';
import { type EditMode, type EditResults, emptyResults, header, noteFailure } from './results.ts';

export interface EditSession {
  readonly mode: EditMode;
  readonly infos: readonly Info[];
  readonly format: 'json' | 'yaml';
  readonly windowsLineEndings: boolean;
  readonly validate: boolean;
  /** Brings the edited objects to the server; failures that may be mended are noted in `results`. */
  save(edited: readonly Info[], results: EditResults): Promise<void>;
}

/** An editor without a person before it could go on for ever. */
const maxPasses = 100;

/** Editor and server in turns, until the server takes what was saved or the candidate gives up. */
export async function editUntilSaved(kubectl: Invocation, session: EditSession): Promise<void> {
  const original = shown(session);
  let results = emptyResults();
  let before: EditedFile | undefined;
  for (let pass = 1; pass <= maxPasses; pass++) {
    const head = session.format === 'yaml' ? header(session.mode, results) : '';
    const text = head + (before ? withoutComments(before.text) : original);
    const file = await launchEditor(kubectl, session.windowsLineEndings ? text.replaceAll('\n', '\r\n') : text, `.${session.format}`).catch((error) =>
      preserved(kubectl, before?.path, error),
    );
    if (before && meaning(before.text) === meaning(file.text)) {
      await preserved(kubectl, file.path, new UsageError('Edit cancelled, no valid changes were saved.'));
    }
    if (before) kubectl.files.remove(before.path, { force: true });
    results = emptyResults();
    if (!(await passes(kubectl, session, { original, file, results }))) return;
    before = file;
  }
  await preserved(kubectl, before?.path, new UsageError('Edit cancelled, no valid changes were saved.'));
}

function shown({ infos, format }: EditSession): string {
  const objects = infos.map(({ object }) => withoutManagedFields(object));
  const [only] = objects;
  const object = objects.length === 1 ? only : { apiVersion: 'v1', items: objects, kind: 'List', metadata: {} };
  return format === 'json' ? `${toGoJson(object, 4)}\n` : toYaml(object);
}

export function withoutManagedFields(object: KubeObject): KubeObject {
  const { managedFields: _fields, ...metadata } = object.metadata;
  return { ...object, metadata };
}

interface Pass {
  readonly original: string;
  readonly file: EditedFile;
  readonly results: EditResults;
}

/** True: the file must be edited again. */
async function passes(kubectl: Invocation, session: EditSession, { original, file, results }: Pass): Promise<boolean> {
  const wrong = session.validate ? complaint(file.text) : undefined;
  if (wrong !== undefined) return rejected(kubectl, session, results, wrong);
  if (meaning(original) === meaning(file.text)) return cancelled(kubectl, file, 'Edit cancelled, no changes made.');
  if (!hasContent(file.text)) return cancelled(kubectl, file, 'Edit cancelled, saved file was empty.');
  const edited = await readEdited(kubectl, file, results);
  if (!edited) return true;
  try {
    for (const info of edited) requireNamespace(kubectl, info);
    await session.save(edited, results);
  } catch (error) {
    await preserved(kubectl, file.path, error);
  }
  return settled(kubectl, file, results);
}

async function rejected(kubectl: Invocation, { infos }: EditSession, results: EditResults, wrong: string): Promise<true> {
  const [first] = infos;
  const error = invalid({ group: '', kind: '' }, '', [
    { reason: 'FieldValueInvalid', field: '<nil>', message: `Invalid value: "The edited file failed validation": ${wrong}` },
  ]);
  if (first) await kubectl.error(`${noteFailure(results, error, first)}\n`);
  return true;
}

async function cancelled(kubectl: Invocation, { path }: EditedFile, words: string): Promise<false> {
  kubectl.files.remove(path, { force: true });
  await kubectl.error(`${words}\n`);
  return false;
}

async function readEdited(kubectl: Invocation, { text }: EditedFile, results: EditResults): Promise<readonly Info[] | undefined> {
  const { infos, errors } = await objectInfos(kubectl, editedDocuments(text), {});
  if (errors.length === 0) return infos;
  results.reasons.push({ head: `The edited file had a syntax error: ${errors.map(messageOf).join(', ')}`, other: [] });
  return undefined;
}

function requireNamespace(kubectl: Invocation, { namespace }: Info): void {
  if (!namespace || namespace === kubectl.namespace) return;
  throw new UsageError(
    `the namespace from the provided object ${JSON.stringify(namespace)} does not match the namespace ${JSON.stringify(kubectl.namespace)}. You must pass '--namespace=${namespace}' to perform this operation.`,
  );
}

async function settled(kubectl: Invocation, { path }: EditedFile, { retryable, notFound, invalid: mendable }: EditResults): Promise<boolean> {
  if (retryable > 0) {
    await kubectl.error(`You can run \`kubectl replace -f ${path}\` to try this update again.\n`);
    throw new SilentExit(1);
  }
  if (notFound > 0) {
    await kubectl.error(`The edits you made on deleted resources have been saved to ${JSON.stringify(path)}\n`);
    throw new SilentExit(1);
  }
  if (mendable > 0) return true;
  kubectl.files.remove(path, { force: true });
  return false;
}

/** Says where the changes are, and fails. */
async function preserved(kubectl: Invocation, path: string | undefined, error: unknown): Promise<never> {
  const ours = error instanceof UsageError || error instanceof StatusError;
  if (ours && path && kubectl.files.exists(path)) await kubectl.error(`A copy of your changes has been stored to ${JSON.stringify(path)}\n`);
  throw error;
}
