import { defineVerb } from '../../define-verb.ts';
import { currentContext, getContexts, renameContext, setContext, useContext } from './contexts.ts';
import { deleteVerbs, listVerbs } from './delete-entries.ts';
import { setProperty, unsetProperty } from './properties.ts';
import { setCluster, setCredentials } from './set-entries.ts';
import { view } from './view.ts';

export const config = defineVerb({
  name: 'config',
  group: 'Other Commands',
  flags: {},
  subverbs: [
    currentContext,
    ...deleteVerbs,
    ...listVerbs,
    getContexts,
    renameContext,
    setProperty,
    setCluster,
    setContext,
    setCredentials,
    unsetProperty,
    useContext,
    view,
  ],
  help: {
    usage: 'config SUBCOMMAND',
    short: 'Modify kubeconfig files',
    long: 'Changes kubeconfig files with subcommands such as "kubectl config set current-context my-context". The files are --kubeconfig, else those of $KUBECONFIG, else ${HOME}/.kube/config.',
  },
});
