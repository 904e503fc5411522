import { Box, Text } from 'ink';

/** Ready-made lines, one below the other, cut at the pane's width; missing rows stay empty. */
export function Lines({ lines, columns, rows }: { lines: readonly string[]; columns: number; rows: number }) {
  return (
    <Box flexDirection="column" width={columns} height={rows} overflow="hidden">
      {Array.from({ length: rows }, (_, i) => (
        <Text key={i} wrap="truncate-end">
          {lines[i] || ' '}
        </Text>
      ))}
    </Box>
  );
}
