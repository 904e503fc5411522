import { type ApiRequest, type ApiResponse, ConnectionError, type Transport, type WatchStream } from '../api/client/transport.ts';

/** Whether the API server can be reached: requests fail and watches end while it cannot. */
export class ApiGate {
  readonly #address: string;
  readonly #watches = new Set<() => void>();
  #open = true;

  constructor(address: string) {
    this.#address = address;
  }

  get open(): boolean {
    return this.#open;
  }

  set open(open: boolean) {
    this.#open = open;
    if (open) return;
    for (const end of [...this.#watches]) end();
  }

  guard(transport: Transport): Transport {
    return async (request) => {
      if (!this.#open) throw new ConnectionError(`dial tcp ${this.#address}: connect: connection refused`);
      return this.#tracked(request, await transport(request));
    };
  }

  #tracked(_request: ApiRequest, response: ApiResponse): ApiResponse {
    return response.watch ? { ...response, watch: this.#endable(response.watch) } : response;
  }

  #endable(watch: WatchStream): WatchStream {
    let end: () => void = () => undefined;
    return {
      listen: (onEvent, onEnd) => {
        end = () => {
          if (!this.#watches.delete(end)) return;
          watch.stop();
          onEnd();
        };
        this.#watches.add(end);
        watch.listen(onEvent, () => {
          this.#watches.delete(end);
          onEnd();
        });
      },
      stop: () => {
        this.#watches.delete(end);
        watch.stop();
      },
    };
  }
}
