import { Box, Text } from 'ink';
import { useChoice } from '../hooks/use-choice.ts';
import { useKeys } from '../hooks/use-keys.ts';
import { useSize } from '../hooks/use-size.ts';

export interface MenuItem {
  readonly label: string;
  /** A dim word at its right. */
  readonly aside?: string;
  readonly onChoose?: () => void;
  readonly onChange?: (by: 1 | -1) => void;
}

interface Props {
  readonly title: string;
  readonly notes?: readonly string[];
  readonly items: readonly MenuItem[];
  readonly keys: string;
  readonly onBack: () => void;
}

/** A page that is a list of things to choose from. */
export function Menu({ title, notes = [], items, keys, onBack }: Props) {
  const { columns, rows } = useSize();
  const { chosen, move, current } = useChoice(items.length);
  useKeys((key) => {
    if (key.name === 'escape' || key.name === 'interrupt' || key.raw === 'q') return onBack();
    if (key.name === 'up' || key.raw === 'k') return move(-1);
    if (key.name === 'down' || key.raw === 'j') return move(1);
    const item = items[current()];
    if (key.name === 'right') item?.onChange?.(1);
    else if (key.name === 'left') item?.onChange?.(-1);
    else if (key.name === 'enter') (item?.onChoose ?? (() => item?.onChange?.(1)))();
  });
  const room = Math.max(1, rows - notes.length - 6);
  const top = Math.max(0, Math.min(chosen - Math.floor(room / 2), items.length - room));
  return (
    <Box flexDirection="column" paddingX={2} paddingTop={1} width={columns} height={rows}>
      <Text bold>{title}</Text>
      {notes.map((note) => (
        <Text key={note} dimColor wrap="wrap">
          {note}
        </Text>
      ))}
      <Box flexDirection="column" marginTop={1} flexGrow={1} overflow="hidden">
        {items.slice(top, top + room).map(({ label, aside }, i) => (
          <Text key={`${top + i}`} wrap="truncate-end" inverse={top + i === chosen}>
            {` ${label} `}
            {aside ? <Text dimColor>{` ${aside} `}</Text> : ''}
          </Text>
        ))}
      </Box>
      <Text dimColor wrap="truncate-end">
        {keys}
      </Text>
    </Box>
  );
}
