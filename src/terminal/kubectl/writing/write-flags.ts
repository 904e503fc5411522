import { PlainError } from '../errors.ts';
import { string } from '../flags/flag.ts';
import type { Invocation } from '../invocation.ts';

export type DryRun = 'none' | 'client' | 'server';

export const dryRunFlag = {
  'dry-run': string('', '"none", "client" (only print what would be sent) or "server" (ask the server without keeping anything).', {
    default: 'none',
    bare: 'unchanged',
    values: ['none', 'client', 'server'],
  }),
};

export const fieldManagerFlag = (name: string) => ({ 'field-manager': string('', 'Name that owns the written fields.', { default: name }) });

export const validateFlag = {
  validate: string('', 'What to do about unknown or duplicate fields: strict (true), warn or ignore (false).', {
    default: 'strict',
    bare: 'strict',
    values: ['strict', 'warn', 'ignore'],
  }),
};

/** Understands the old boolean forms too. */
export async function dryRunOf(kubectl: Invocation, value: string): Promise<DryRun> {
  if (value === 'none' || value === 'client' || value === 'server') return value;
  if (value === 'unchanged') {
    await kubectl.error('Warning: --dry-run is deprecated and can be replaced with --dry-run=client.\n');
    return 'client';
  }
  if (['true', 'false', '1', '0', 't', 'f', 'T', 'F', 'TRUE', 'FALSE', 'True', 'False'].includes(value)) {
    const replacement = /^[1tT]/.test(value) ? 'client' : 'none';
    await kubectl.error(
      `Warning: --dry-run=${replacement === 'client'} is deprecated (boolean value) and can be replaced with --dry-run=${replacement}.\n`,
    );
    return replacement;
  }
  throw new PlainError(`error: Invalid dry-run value (${value}). Must be "none", "server", or "client".`);
}

const directives: Readonly<Record<string, string>> = { strict: 'Strict', true: 'Strict', warn: 'Warn', ignore: 'Ignore', false: 'Ignore' };

/** The query of a write. */
export function writeQuery({ dryRun, manager, validate }: { dryRun: DryRun; manager: string; validate?: string }): Record<string, string> {
  return {
    ...(dryRun === 'server' ? { dryRun: 'All' } : {}),
    ...(manager ? { fieldManager: manager } : {}),
    ...(validate === undefined ? {} : { fieldValidation: validateDirective(validate) }),
  };
}

/** Is anything to be validated at all? */
export const validates = (value: string): boolean => validateDirective(value) !== 'Ignore';

function validateDirective(value: string): string {
  const directive = directives[value.toLowerCase()];
  if (!directive)
    throw new PlainError(`error: invalid - validate option ${JSON.stringify(value)}; must be one of: strict (or true), warn, ignore (or false)`);
  return directive;
}
