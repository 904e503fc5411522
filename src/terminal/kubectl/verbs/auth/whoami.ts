import { byCodePoint } from '../../../../api/machinery/json.ts';
import type { KubeObject } from '../../../../api/machinery/object.ts';
import { isStatusError } from '../../../../api/machinery/status-error.ts';
import type { SelfSubjectReview } from '../../../../api/schema/generated/types.ts';
import { defineVerb } from '../../define-verb.ts';
import { UsageError } from '../../errors.ts';
import type { Invocation } from '../../invocation.ts';
import { objectPrinter } from '../../print/object-printer.ts';
import { printFlags } from '../../print/print-flags.ts';
import { table } from '../../print/tab-writer.ts';
import { goList } from '../describe/parts/metadata.ts';

export const whoami = defineVerb({
  name: 'whoami',
  flags: printFlags,
  help: {
    usage: 'whoami',
    short: 'Experimental: Check self subject attributes',
    examples: [['Who the server takes you for', 'kubectl auth whoami']],
  },
  async run(kubectl, options) {
    const review = await reviewed(kubectl);
    if (options.output || options.template) {
      await kubectl.print(objectPrinter({ output: options.output, template: options.template, readFile: (path) => kubectl.readText(path) })(review));
      return;
    }
    const { username, uid, groups, extra } = (review as unknown as SelfSubjectReview).status?.userInfo ?? {};
    const extras = Object.entries(extra ?? {}).sort(([a], [b]) => byCodePoint(a, b));
    await kubectl.print(
      table([
        ['ATTRIBUTE', 'VALUE'],
        ...(username ? [['Username', username]] : []),
        ...(uid ? [['UID', uid]] : []),
        ...(groups?.length ? [['Groups', goList(groups)]] : []),
        ...extras.map(([key, values]) => [`Extra: ${key}`, goList(values)]),
      ]),
    );
  },
});

async function reviewed(kubectl: Invocation): Promise<KubeObject> {
  try {
    return await kubectl.api.post('/apis/authentication.k8s.io/v1/selfsubjectreviews', {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'SelfSubjectReview',
      metadata: {},
    });
  } catch (error) {
    if (isStatusError(error, 'NotFound'))
      throw new UsageError(
        'the selfsubjectreviews API is not enabled in the cluster\nenable APISelfSubjectReview feature gate and authentication.k8s.io/v1alpha1 API',
      );
    if (isStatusError(error, 'Forbidden'))
      throw new UsageError('the selfsubjectreviews API is not enabled in the cluster or you do not have permission to call it');
    throw error;
  }
}
