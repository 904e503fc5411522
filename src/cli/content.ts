import { existsSync } from 'node:fs';
import { Catalog, type Exercise } from '../trainer/catalog/catalog.ts';
import { CliError } from './errors.ts';

/** Where the exercises are: beside the bundle's folder, or at the root of a checkout. */
function contentRoot(): string {
  const found = ['../exercises/', '../../exercises/'].map((path) => new URL(path, import.meta.url).pathname).find((path) => existsSync(path));
  if (!found) throw new CliError('the exercises folder is missing from this installation; install kubeproctor again');
  return found.replace(/\/$/, '');
}

/** $KUBEPROCTOR_EXERCISES names another folder of exercises, for those who write their own. */
export const openCatalog = (): Catalog => new Catalog(process.env.KUBEPROCTOR_EXERCISES ?? contentRoot());

export function findExercise(catalog: Catalog, name: string): Exercise {
  const exercise = catalog.find(name);
  if (!exercise) throw new CliError(`unknown exercise "${name}"; \`kubeproctor exercises\` lists them`);
  return exercise;
}
