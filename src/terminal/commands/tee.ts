import { chunks, concatenate } from './input.ts';
import { createOutput } from './output.ts';
import { quoteIfNeeded } from './quoting.ts';
import { defineUtility } from './utility.ts';

export const tee = defineUtility({
  names: ['tee'],
  options: 'a,append i,ignore-interrupts p output-error?',
  usage: 'tee [OPTION]... [FILE]...',
  async run(u) {
    const outputs: ((chunk: Uint8Array) => void | Promise<void>)[] = [];
    for (const name of u.operands) {
      await u.tolerate(quoteIfNeeded(name), () => {
        outputs.push(createOutput(u.process, name, { append: u.options.has('a') }));
      });
    }
    if (u.options.has('i')) u.process.on('SIGINT', 'ignore');
    for await (const chunk of chunks(u.process.stdin)) {
      const copy = concatenate([chunk]);
      for (const write of outputs) await write(copy);
      await u.process.stdout.write(copy);
    }
  },
});
