/** Something that screens watch: told of a change at most once per frame. */
export class Notifier {
  #listeners = new Set<() => void>();
  #version = 0;
  #pending: NodeJS.Timeout | undefined;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  version = (): number => this.#version;

  notify(): void {
    this.#pending ??= setTimeout(() => {
      this.#pending = undefined;
      this.#version++;
      for (const listener of this.#listeners) listener();
    }, FRAME);
  }
}

const FRAME = 16;
