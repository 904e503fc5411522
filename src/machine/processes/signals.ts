import type { SignalName } from '../process.ts';

/** Numbers as on x86-64 Linux. */
export const SIGNALS: Readonly<Record<SignalName, number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGKILL: 9,
  SIGUSR1: 10,
  SIGUSR2: 12,
  SIGPIPE: 13,
  SIGALRM: 14,
  SIGTERM: 15,
  SIGCHLD: 17,
  SIGCONT: 18,
  SIGSTOP: 19,
  SIGTSTP: 20,
  SIGWINCH: 28,
};

export type DefaultAction = 'die' | 'stop' | 'continue' | 'nothing';

export function defaultAction(signal: SignalName): DefaultAction {
  if (signal === 'SIGCONT') return 'continue';
  if (signal === 'SIGSTOP' || signal === 'SIGTSTP') return 'stop';
  return signal === 'SIGCHLD' || signal === 'SIGWINCH' ? 'nothing' : 'die';
}

/** `9`, `KILL`, `SIGKILL`, `kill` → SIGKILL. */
export function signalNamed(text: string): SignalName | undefined {
  const wanted = text.toUpperCase();
  for (const [name, number] of Object.entries(SIGNALS)) {
    if (wanted === name || wanted === name.slice(3) || wanted === String(number)) return name as SignalName;
  }
  return undefined;
}
