import { type Call, OpensslFailure, queued, readPlain } from './call.ts';
import { type Configuration, parseConfiguration } from './configuration.ts';
import { type Extension, type ExtensionContext, ExtensionError, makeExtension } from './extension-values.ts';

export async function readConfiguration(call: Call, path: string | undefined): Promise<Configuration | undefined> {
  return path === undefined ? undefined : parseConfiguration((await readPlain(call, path)).toString('utf8'));
}

/** The extensions of a configuration's section; `complaint` begins what is said of a bad one. */
export function sectionExtensions(call: Call, section: string, context: ExtensionContext, complaint: string): Extension[] {
  return listExtensions(call, context.configuration?.get(section) ?? [], { ...context, section, complaint });
}

export function listExtensions(
  call: Call,
  entries: readonly (readonly [string, string])[],
  { section, complaint, ...context }: ExtensionContext & { section: string; complaint: string },
): Extension[] {
  return entries.flatMap(([name, value]) => {
    try {
      return makeExtension(name, value, context) ?? [];
    } catch (error) {
      if (!(error instanceof ExtensionError)) throw error;
      const where = `11000080:X509 V3 routines:X509V3_EXT_nconf_int:error in extension:../crypto/x509/v3_conf.c:48:section=${section}, name=${name}, value=${value}`;
      throw new OpensslFailure(`${complaint}\n${queued(call, error.message, where)}`);
    }
  });
}

/** `-addext name=value`. */
export function addedEntries(texts: readonly string[]): [string, string][] {
  return texts.map((text) => {
    const equals = text.indexOf('=');
    return equals < 0 ? [text, ''] : [text.slice(0, equals).trim(), text.slice(equals + 1).trim()];
  });
}

/** Later ones take the place of earlier ones of the same kind. */
export const merged = (...lists: readonly (readonly Extension[])[]): Extension[] => [
  ...new Map(lists.flat().map((one) => [one.id, one] as const)).values(),
];
