import type { Cluster } from '../../cluster/cluster-contract.ts';
import type { Machine } from '../../machine/index.ts';

const BASHRC = `# ~/.bashrc
export PS1='\\u@\\h:\\w\\$ '
alias ls='ls --color=auto'
alias grep='grep --color=auto'
alias ll='ls -alF'
alias k=kubectl
source <(kubectl completion bash)
complete -o default -F __start_kubectl k
`;

/** Makes a machine the host of a task: user candidate with the admin's kubeconfig, \`k\`, completion, and ssh to every node. */
export function setUpHost(host: Machine, cluster: Cluster): void {
  const candidate = addCandidate(host);
  const kubeconfig = cluster.adminKubeconfig();
  for (const { home, uid, gid } of [candidate, { home: '/root', uid: 0, gid: 0 }]) {
    const owner = { uid, gid };
    host.files.mkdir(`${home}/.kube`, { recursive: true, mode: 0o755, owner });
    host.files.write(`${home}/.kube/config`, kubeconfig, { mode: 0o600, owner });
    host.files.write(`${home}/.bashrc`, BASHRC, { mode: 0o644, owner });
  }
  for (const node of cluster.nodes.values()) addCandidate(node);
  host.facilities.set('ssh', new Map([...cluster.nodes].map(([name, machine]) => [name, { machine, user: 'candidate' }])));
}

function addCandidate(machine: Machine) {
  const user = machine.users.find('candidate') ?? machine.users.add({ name: 'candidate', uid: 1000, groups: ['sudo'], shell: '/bin/bash' });
  machine.files.mkdir(user.home, { recursive: true, owner: user });
  return user;
}
