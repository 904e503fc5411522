import { addressAt, sizeOf } from './addresses.ts';

/** Hands out the addresses of a range in turn, as the host-local CNI plugin does: the next one after the last given, round and round. */
export class AddressPool {
  readonly #cidr: string;
  readonly #taken = new Set<string>();
  #last: number;

  /** Addresses before `first` (network, gateway) are never given. */
  constructor(cidr: string, first = 2) {
    this.#cidr = cidr;
    this.#last = first - 1;
  }

  /** Undefined when the range is used up. */
  take(): string | undefined {
    const size = sizeOf(this.#cidr);
    for (let i = 0; i < size; i++) {
      this.#last = this.#last + 1 >= size - 1 ? 2 : this.#last + 1;
      const address = addressAt(this.#cidr, this.#last);
      if (this.#taken.has(address)) continue;
      this.#taken.add(address);
      return address;
    }
    return undefined;
  }

  release(address: string): void {
    this.#taken.delete(address);
  }
}
