import type { Container } from '../../api/schema/generated/types.ts';
import type { ContainerRun } from './container-run.ts';

const MAX = 4096;

/** What the container left as its last words: its termination file, or the end of its log where the policy says so. */
export function terminationMessage(run: ContainerRun, container: Container, failed: boolean): string {
  const path = container.terminationMessagePath ?? '/dev/termination-log';
  const files = run.machine.files;
  const written = files.exists(path) && files.stat(path).type === 'file' ? files.readText(path).slice(0, MAX) : '';
  if (written || !failed || container.terminationMessagePolicy !== 'FallbackToLogsOnError') return written;
  return run.log.lines
    .slice(-80)
    .map((line) => line.text)
    .join('')
    .slice(-2048);
}
