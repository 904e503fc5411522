import { completeResources } from '../../complete-resources.ts';
import { defineVerb } from '../../define-verb.ts';
import { bool } from '../../flags/flag.ts';
import { fileFlags, printFlags } from '../../print/print-flags.ts';
import { fieldManagerFlag, validateFlag } from '../../writing/write-flags.ts';
import { editLastApplied as runEdit } from '../edit/run-edit.ts';

export const editLastApplied = defineVerb({
  name: 'edit-last-applied',
  flags: {
    ...printFlags,
    ...fileFlags,
    ...fieldManagerFlag('kubectl-client-side-apply'),
    ...validateFlag,
    'windows-line-endings': bool('', 'Give the file Windows line endings.'),
  },
  help: {
    usage: 'edit-last-applied (RESOURCE/NAME | -f FILENAME)',
    short: 'Edit latest last-applied-configuration annotations of a resource/object',
    examples: [
      ['By type and name, as YAML', 'kubectl apply edit-last-applied deployment/nginx'],
      ['By file, as JSON', 'kubectl apply edit-last-applied -f deploy.yaml -o json'],
    ],
  },
  complete: completeResources,
  async run(kubectl, options) {
    await runEdit(kubectl, { ...options, manager: options['field-manager'], windowsLineEndings: options['windows-line-endings'] });
    return undefined;
  },
});
