import { completeResources } from '../../complete-resources.ts';
import { defineVerb } from '../../define-verb.ts';
import { bool, string } from '../../flags/flag.ts';
import { fileFlags, printFlags } from '../../print/print-flags.ts';
import { fieldManagerFlag, validateFlag } from '../../writing/write-flags.ts';
import { editLive } from './run-edit.ts';

export const edit = defineVerb({
  name: 'edit',
  group: 'Basic Commands (Intermediate)',
  flags: {
    ...printFlags,
    ...fileFlags,
    ...fieldManagerFlag('kubectl-edit'),
    ...validateFlag,
    'output-patch': bool('', 'Print the patch that is sent.'),
    'save-config': bool('', 'Record the configuration in an annotation, for a later apply.'),
    subresource: string('', 'Edit this subresource of the object.'),
    'windows-line-endings': bool('', 'Give the file Windows line endings.'),
  },
  help: {
    usage: 'edit (RESOURCE/NAME | -f FILENAME)',
    short: 'Edit a resource on the server',
    long: 'Opens resources in the editor that KUBE_EDITOR or EDITOR names, else in vi, and sends what was changed. What the server refuses can be edited again; changes that cannot be saved stay in a temporary file.',
    examples: [
      ["The service named 'registry'", 'kubectl edit svc/registry'],
      ['With another editor', 'KUBE_EDITOR="nano" kubectl edit svc/registry'],
      ["The job 'myjob' as JSON, in its v1 form", 'kubectl edit job.v1.batch/myjob -o json'],
      ['A deployment, keeping its configuration in an annotation', 'kubectl edit deployment/mydeployment -o yaml --save-config'],
      ["The 'status' subresource", "kubectl edit deployment mydeployment --subresource='status'"],
    ],
  },
  complete: completeResources,
  async run(kubectl, options) {
    await editLive(kubectl, {
      ...options,
      manager: options['field-manager'],
      windowsLineEndings: options['windows-line-endings'],
      saveConfig: options['save-config'],
      outputPatch: options['output-patch'],
    });
    return undefined;
  },
});
