export { Terminal, type TerminalOptions } from './terminal.ts';
