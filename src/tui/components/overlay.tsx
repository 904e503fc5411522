import { Box, Text } from 'ink';
import type { ReactNode } from 'react';

/** A framed page over the panes. */
export function Overlay({
  title,
  keys,
  columns,
  rows,
  children,
}: {
  title: string;
  keys: string;
  columns: number;
  rows: number;
  children: ReactNode;
}) {
  return (
    <Box flexDirection="column" width={columns} height={rows} borderStyle="round" paddingX={1} overflow="hidden">
      <Text bold>{title}</Text>
      <Box flexDirection="column" flexGrow={1} marginTop={rows > 12 ? 1 : 0} overflow="hidden">
        {children}
      </Box>
      <Text dimColor wrap="truncate-end">
        {keys}
      </Text>
    </Box>
  );
}
