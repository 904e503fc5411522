import { posix } from 'node:path';
import { createFiles } from '../../machine/files/create-files.ts';
import { skeleton } from '../../machine/files/skeleton.ts';
import type { Files, Program, Programs } from '../../machine/index.ts';
import type { ImageDefinition } from './define-image.ts';
import { releaseOf, userlandOf } from './userland.ts';

const BUILT = Date.UTC(2026, 4, 12);

/** Builds the file trees of images, each once: any number of containers stand on one tree. */
export class ImageTrees {
  readonly #programs: Programs;
  readonly #byDefinition = new Map<ImageDefinition, Files>();
  readonly #userlands = new Map<string, Programs>();

  constructor(programs: Programs) {
    this.#programs = programs;
  }

  of(definition: ImageDefinition): Files {
    const known = this.#byDefinition.get(definition);
    if (known) return known;
    const tree = this.#build(definition);
    this.#byDefinition.set(definition, tree);
    return tree;
  }

  #build(definition: ImageDefinition): Files {
    const base = definition.base ?? 'scratch';
    const files = createFiles({ now: () => BUILT, lower: skeleton(this.#userland(base), releaseOf(base)) });
    for (const name of definition.programs ?? []) this.#install(files, name);
    for (const [path, text] of Object.entries(definition.files ?? {})) {
      files.mkdir(posix.dirname(path), { recursive: true });
      files.write(path, text);
    }
    for (const [path, run] of Object.entries(definition.executables ?? {})) {
      files.mkdir(posix.dirname(path), { recursive: true });
      files.install(path, { name: posix.basename(path), run });
    }
    if (definition.workingDir) files.mkdir(definition.workingDir, { recursive: true });
    return files;
  }

  #userland(base: NonNullable<ImageDefinition['base']>): Programs {
    const known = this.#userlands.get(base);
    if (known) return known;
    const made = new Map<string, Program>();
    for (const name of userlandOf(base)) {
      const program = this.#programs.get(name);
      if (program) made.set(name, program);
    }
    this.#userlands.set(base, made);
    return made;
  }

  #install(files: Files, name: string): void {
    const program = this.#programs.get(name);
    if (program) files.install(`/usr/bin/${name}`, program);
  }
}
