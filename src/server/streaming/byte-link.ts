import type { Duplex } from 'node:stream';

/** Bytes both ways, however they travel. */
export interface ByteLink {
  readonly read: AsyncIterable<Uint8Array>;
  write(data: Uint8Array): Promise<void>;
  end(): void;
}

export const socketLink = (socket: Duplex): ByteLink => ({ read: socket, write: (data) => writeTo(socket, data), end: () => socket.end() });

/** Waits while the other side is slow; what is written to a connection that is gone is lost without a sound. */
export async function writeTo(socket: Duplex, data: Uint8Array): Promise<void> {
  if (socket.destroyed || socket.writableEnded || socket.write(data)) return;
  await new Promise<void>((resolve) => {
    const done = () => {
      socket.off('drain', done).off('close', done);
      resolve();
    };
    socket.on('drain', done).on('close', done);
  });
}
