import { defineCommand } from '../define-command.ts';
import { unescapeBackslashes } from './escapes.ts';

export const echo = defineCommand({
  names: ['echo'],
  async run(process) {
    const words = process.argv.slice(1);
    let newline = true;
    let escapes = false;
    while (/^-[neE]+$/.test(words[0] ?? '')) {
      for (const letter of words.shift()?.slice(1) ?? '') {
        if (letter === 'n') newline = false;
        else escapes = letter === 'e';
      }
    }
    const text = words.join(' ');
    if (!escapes) await process.print(text + (newline ? '\n' : ''));
    else {
      const { bytes, stopped } = unescapeBackslashes(text, { octal: 'zero' });
      await process.stdout.write(bytes);
      if (newline && !stopped) await process.print('\n');
    }
    return 0;
  },
});
