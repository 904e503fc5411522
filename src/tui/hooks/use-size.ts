import { useStdout } from 'ink';
import { useEffect, useState } from 'react';

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** The size to draw in: one row less than the terminal has, since a full-height frame makes it scroll. */
export function useSize(): Size {
  const { stdout } = useStdout();
  const [size, setSize] = useState(() => measure(stdout));
  useEffect(() => {
    const onResize = () => {
      stdout.write('\u001b[2J\u001b[H');
      setSize(measure(stdout));
    };
    stdout.on('resize', onResize);
    return () => {
      stdout.off('resize', onResize);
    };
  }, [stdout]);
  return size;
}

/** A terminal that does not know its size says 0. */
const measure = ({ columns, rows }: { columns?: number; rows?: number }): Size => ({ columns: columns || 80, rows: (rows || 24) - 1 });
