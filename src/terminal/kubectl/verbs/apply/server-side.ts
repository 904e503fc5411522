import type { KubeObject } from '../../../../api/machinery/object.ts';
import { isStatusError } from '../../../../api/machinery/status-error.ts';
import { resourcePath } from '../../client/mapper.ts';
import { UsageError } from '../../errors.ts';
import type { Invocation } from '../../invocation.ts';
import type { Info } from '../../resource/selection.ts';

const advice = `
Please review the fields above--they currently have other managers. Here
are the ways you can resolve this warning:
* If you intend to manage all of these fields, please re-run the apply
  command with the \`--force-conflicts\` flag.
* If you do not intend to manage all of the fields, please edit your
  manifest to remove references to the fields that should keep their
  current managers.
* You may co-own fields by updating your manifest to match the existing
  value; in this case, you'll become the manager if the other manager(s)
  stop managing the field (remove it from their configuration).
See https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts`;

/** Sends the manifest as it is; the server merges it by who owns which field. */
export async function applyOnServer(
  kubectl: Invocation,
  info: Info,
  { query, subresource }: { query: Readonly<Record<string, string>>; subresource: string },
): Promise<KubeObject> {
  try {
    return await kubectl.api.patch(
      resourcePath(info.mapping, info.namespace, info.name, subresource),
      'application/apply-patch+yaml',
      info.object,
      query,
    );
  } catch (error) {
    if (isStatusError(error, 'Conflict')) throw new UsageError(`${error.message}${advice}`);
    throw error;
  }
}
