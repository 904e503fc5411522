export interface Variable {
  /** Scalars; for arrays element 0 counts. */
  value?: string;
  list?: Map<number, string>;
  table?: Map<string, string>;
  exported?: boolean;
  readonly?: boolean;
  integer?: boolean;
  casing?: 'lower' | 'upper';
  /** `declare -n`: stands for the variable of this name. */
  reference?: boolean;
}

export class ReadonlyVariable extends Error {
  override readonly name = 'ReadonlyVariable';
}

type Frame = Map<string, Variable>;

/** Dynamic scopes: a function sees its caller's locals. */
export class Variables {
  readonly #frames: Frame[];
  /** Values that are computed at each look ($RANDOM, $SECONDS …). */
  readonly computed = new Map<string, () => string>();

  constructor(frames: Frame[] = [new Map()]) {
    this.#frames = frames;
  }

  clone(): Variables {
    const copy = (v: Variable): Variable => ({ ...v, ...(v.list ? { list: new Map(v.list) } : {}), ...(v.table ? { table: new Map(v.table) } : {}) });
    const frames = this.#frames.map((frame) => new Map([...frame].map(([name, v]) => [name, copy(v)])));
    return new Variables(frames);
  }

  get depth(): number {
    return this.#frames.length;
  }

  push(): void {
    this.#frames.push(new Map());
  }

  pop(): void {
    this.#frames.pop();
  }

  find(name: string): Variable | undefined {
    for (let i = this.#frames.length - 1; i >= 0; i--) {
      const found = this.#frames[i]?.get(name);
      if (found?.reference && found.value && found.value !== name) return this.find(found.value);
      if (found) return found;
    }
    return undefined;
  }

  get(name: string): string | undefined {
    const computed = this.computed.get(name);
    if (computed) return computed();
    const found = this.find(name);
    return found && scalar(found);
  }

  /** The variable to write to, made in the outermost frame when it is nowhere. */
  writable(name: string): Variable {
    const found = this.find(this.#target(name));
    if (found?.readonly) throw new ReadonlyVariable(`${name}: readonly variable`);
    if (found) return found;
    const made: Variable = {};
    this.#frames[0]?.set(this.#target(name), made);
    return made;
  }

  set(name: string, value: string): void {
    this.computed.delete(name);
    const variable = this.writable(name);
    if (variable.list) variable.list.set(0, value);
    else if (variable.table) variable.table.set('0', value);
    else variable.value = value;
  }

  /** A variable of the innermost frame, new unless it is there already. */
  local(name: string): Variable {
    const frame = this.#frames.at(-1);
    const found = frame?.get(name);
    if (found) return found;
    const made: Variable = {};
    frame?.set(name, made);
    return made;
  }

  unset(name: string): void {
    this.computed.delete(name);
    const target = this.#target(name);
    for (let i = this.#frames.length - 1; i >= 0; i--) {
      const found = this.#frames[i]?.get(target);
      if (!found) continue;
      if (found.readonly) throw new ReadonlyVariable(`${name}: cannot unset: readonly variable`);
      this.#frames[i]?.delete(target);
      return;
    }
  }

  names(): string[] {
    return [...new Set([...this.#frames.flatMap((f) => [...f.keys()])])].sort();
  }

  environment(): Map<string, string> {
    const result = new Map<string, string>();
    for (const frame of this.#frames) {
      for (const [name, variable] of frame) {
        const value = scalar(variable);
        if (variable.exported && value !== undefined) result.set(name, value);
      }
    }
    return result;
  }

  #target(name: string): string {
    for (let i = this.#frames.length - 1; i >= 0; i--) {
      const found = this.#frames[i]?.get(name);
      if (found) return found.reference && found.value ? found.value : name;
    }
    return name;
  }
}

export const scalar = ({ value, list, table }: Variable): string | undefined => (list ? list.get(0) : table ? table.get('0') : value);

/** Elements in order of their keys. */
export function elements(variable: Variable): [string, string][] {
  if (variable.list) return [...variable.list].sort(([a], [b]) => a - b).map(([i, v]) => [String(i), v]);
  if (variable.table) return [...variable.table];
  return variable.value === undefined ? [] : [['0', variable.value]];
}
