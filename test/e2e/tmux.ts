import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const program = resolve(import.meta.dirname, '../../dist/kubeproctor.js');

const there = spawnSync('tmux', ['-V']).status === 0;
if (!there && process.env.CI) throw new Error('tmux is missing; in CI the end-to-end test must run');
if (!there) process.stderr.write('end-to-end tests are skipped: they need tmux\n');

/** Whether the screens can be driven on this computer. */
export const canDrive = there;

/** The program on a real terminal of a given size, with a data folder of its own. */
export class Screen {
  readonly data: string;
  #socket = '';

  constructor(data = mkdtempSync(join(tmpdir(), 'kubeproctor-e2e-'))) {
    this.data = data;
  }

  start(args: string, { columns, rows }: { columns: number; rows: number }): void {
    this.#socket = `kubeproctor-${process.pid}-${Math.random().toString(36).slice(2)}`;
    const command = `env -i PATH="$PATH" HOME="$HOME" TERM="$TERM" LANG=C.UTF-8 EDITOR= VISUAL= KUBEPROCTOR_DATA=${this.data} ${process.execPath} ${program} ${args}; echo "exit $?"; sleep 1000`;
    this.#tmux('-f', '/dev/null', 'new-session', '-d', '-x', String(columns), '-y', String(rows), '-s', 'e2e', command);
  }

  /** Types text as it is. */
  type(text: string): void {
    this.#tmux('send-keys', '-t', 'e2e', '-l', text);
  }

  /** Presses keys by tmux's names: `Enter`, `F10`, `C-c`. */
  press(...keys: string[]): void {
    this.#tmux('send-keys', '-t', 'e2e', ...keys);
  }

  /** Pastes as a terminal does: in brackets, if the program asked for them. */
  paste(text: string): void {
    execFileSync('tmux', ['-L', this.#socket, 'load-buffer', '-'], { input: text });
    this.#tmux('paste-buffer', '-p', '-t', 'e2e');
  }

  line(text: string): void {
    this.type(text);
    this.press('Enter');
  }

  resize(columns: number, rows: number): void {
    this.#tmux('resize-window', '-t', 'e2e', '-x', String(columns), '-y', String(rows));
  }

  text(): string {
    return this.#tmux('capture-pane', '-p', '-t', 'e2e');
  }

  /** Waits until the screen shows it, and gives the whole screen. */
  async until(pattern: RegExp, timeoutMs = 20_000): Promise<string> {
    const end = Date.now() + timeoutMs;
    for (;;) {
      const text = this.text();
      if (pattern.test(text)) return text;
      if (Date.now() > end) throw new Error(`the screen never showed ${pattern}; it shows\n${text}`);
      await wait(50);
    }
  }

  /** Ends the program as a crash would. */
  crash(): void {
    const panes = this.#tmux('list-panes', '-t', 'e2e', '-F', '#{pane_pid}').trim();
    const child = execFileSync('pgrep', ['-P', panes, '-f', 'kubeproctor.js'], { encoding: 'utf8' }).trim().split('\n')[0] ?? '';
    process.kill(Number(child), 'SIGKILL');
  }

  stop(): void {
    spawnSync('tmux', ['-L', this.#socket, 'kill-server']);
  }

  forget(): void {
    this.stop();
    rmSync(this.data, { recursive: true, force: true });
  }

  #tmux(...args: string[]): string {
    return execFileSync('tmux', ['-L', this.#socket, ...args], { encoding: 'utf8' });
  }
}
