import type { CertificateSigningRequest } from '../../../../api/schema/generated/types.ts';
import { isoTime } from '../../../../clock/index.ts';
import { completeNames } from '../../complete-resources.ts';
import { defineVerb, type Verb } from '../../define-verb.ts';
import { UsageError } from '../../errors.ts';
import { bool } from '../../flags/flag.ts';
import type { Invocation } from '../../invocation.ts';
import { objectPrinter } from '../../print/object-printer.ts';
import { fileFlags, printFlags } from '../../print/print-flags.ts';
import { selectAll } from '../../resource/selection.ts';

interface Decision {
  readonly verb: 'approve' | 'deny';
  readonly done: 'approved' | 'denied';
  readonly type: 'Approved' | 'Denied';
  readonly reason: string;
  readonly short: string;
}

function deciding({ verb, done, type, reason, short }: Decision): Verb {
  return defineVerb({
    name: verb,
    flags: { ...printFlags, ...fileFlags, force: bool('', 'Write the decision even if it was taken before.') },
    help: { usage: `${verb} (-f FILENAME | NAME)`, short, examples: [[`${short}`, `kubectl certificate ${verb} csr-sqgzp`]] },
    complete: (kubectl: Invocation) => completeNames(kubectl, 'certificatesigningrequests'),
    async run(kubectl, options) {
      const { filename, kustomize, recursive } = options;
      if (kubectl.args.length === 0 && filename.length === 0 && !kustomize)
        throw new UsageError('one or more CSRs must be specified as <name> or -f <filename>');
      const args = kubectl.args.length > 0 ? ['certificatesigningrequests', ...kubectl.args] : [];
      const infos = await selectAll(kubectl, { args, filename, kustomize, recursive, latest: true });
      const print = objectPrinter({
        output: options.output,
        template: options.template,
        operation: done,
        readFile: (path) => kubectl.readText(path),
      });
      for (const { name, object } of infos) {
        const request = object as unknown as CertificateSigningRequest;
        await kubectl.print(print(needsDecision(request, type, options.force) ? await decide(kubectl, name, request) : object));
      }
      if (infos.length === 0) await kubectl.print('No resources found\n');
      return undefined;
    },
  });

  async function decide(kubectl: Invocation, name: string, request: CertificateSigningRequest) {
    const condition = {
      type,
      status: 'True',
      reason,
      message: `This CSR was ${done} by kubectl certificate ${verb}.`,
      lastUpdateTime: isoTime(kubectl.now),
    };
    const conditions = [...(request.status?.conditions ?? []).filter((one) => one.type !== type), condition];
    const body = { ...request, status: { ...request.status, conditions } };
    return kubectl.api.put(`/apis/certificates.k8s.io/v1/certificatesigningrequests/${name}/approval`, body);
  }
}

/** An approved request cannot be denied any more, nor the other way round. */
function needsDecision({ metadata, status }: CertificateSigningRequest, type: Decision['type'], force: boolean): boolean {
  const opposite = type === 'Approved' ? 'Denied' : 'Approved';
  const types = (status?.conditions ?? []).map((condition) => condition.type);
  if (types.includes(opposite)) throw new UsageError(`certificate signing request ${JSON.stringify(metadata?.name)} is already ${opposite}`);
  return force || !types.includes(type);
}

export const certificate = defineVerb({
  name: 'certificate',
  group: 'Cluster Management Commands',
  flags: {},
  help: { usage: 'certificate SUBCOMMAND', short: 'Modify certificate resources' },
  subverbs: [
    deciding({ verb: 'approve', done: 'approved', type: 'Approved', reason: 'KubectlApprove', short: 'Approve a certificate signing request' }),
    deciding({ verb: 'deny', done: 'denied', type: 'Denied', reason: 'KubectlDeny', short: 'Deny a certificate signing request' }),
  ],
});
