import { readFileSync } from 'node:fs';

const manifest = JSON.parse(
  readFileSync(new URL(import.meta.url.endsWith('.ts') ? '../../package.json' : '../package.json', import.meta.url), 'utf8'),
) as {
  version: string;
};

export const VERSION = `kubeproctor ${manifest.version}`;

export const HELP = `kubeproctor: sit a mock CKA or CKAD exam in the terminal, on a simulated Kubernetes cluster

Usage:
  kubeproctor                           home screen
  kubeproctor exam cka|ckad [--seed N] [--tasks N] [--minutes N] [--profile strict|practice] [--lang en|ko] [--resume]
  kubeproctor drill [TOPIC|EXERCISE] [--list] [--seed N] [--lang en|ko]
  kubeproctor report [ATTEMPT] [--format text|json|md|html] [--out FILE] [--lang en|ko]
  kubeproctor history
  kubeproctor exercises [--json] [--exam cka|ckad] [--domain D]
  kubeproctor shell [-c COMMANDS | FILE] [--exercise ID] [--flavour kubeadm|bare] [--seed N] [--time real|fast]
  kubeproctor grade EXERCISE --script FILE [--seed N] [--format text|json]
  kubeproctor serve [--port N] [--kubeconfig FILE] [--exercise ID] [--time real|fast]
  kubeproctor golden DIR... [--client embedded|PATH] [--json]
  kubeproctor check                     check exercises, graders and exams
  kubeproctor --version | --help

Attempts are kept in $KUBEPROCTOR_DATA, else in ~/.local/share/kubeproctor.
kubeproctor is independent: it is neither made nor endorsed by the CNCF or the Linux Foundation.`;
