import { toYaml } from '../../../api/machinery/yaml.ts';
import { buildKustomization as build, KustomizeError } from '../../tools/kustomize/index.ts';
import { UsageError } from '../errors.ts';
import type { Invocation } from '../invocation.ts';

/** The manifests of a kustomization folder, as one text. */
export const buildKustomization = async (kubectl: Invocation, path: string): Promise<string> =>
  (await kustomizedObjects(kubectl, path)).map((object) => toYaml(object)).join('---\n');

export async function kustomizedObjects(kubectl: Invocation, path: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  try {
    const { objects, warnings } = build(kubectl.files, kubectl.process.path(path), path);
    for (const warning of warnings) await kubectl.error(warning);
    return objects;
  } catch (error) {
    if (error instanceof KustomizeError) throw new UsageError(error.message);
    throw error;
  }
}
