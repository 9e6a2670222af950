import { InvalidResponseError } from '../errors/errors.ts'
import type { RequestOptions } from './call.ts'
import { requestId } from './failure.ts'

/** A result with the response that it came in. */
export interface WithResponse<T> {
  readonly data: T
  /** The response to the last request of the call. Its body has been read already; that of a download is being read. */
  readonly response: Response
  /** The id to give to the platform's support; undefined when the response has none. */
  readonly requestId: string | undefined
}

/** The promise of a method: `await` it for the result alone, or its `withResponse()` for the response as well. */
export class ApiPromise<T> extends Promise<T> {
  #response: (() => Response | undefined) | undefined

  // What `then`, `catch` and `finally` return is not the promise of a call.
  static override get [Symbol.species](): PromiseConstructor {
    return Promise
  }

  /**
   * Starts a call, and keeps the last response that it receives for `withResponse()`.
   * @internal
   */
  static of<T, Options extends RequestOptions>(
    options: Options | null | undefined,
    call: (options: Partial<Options>) => Promise<T>,
  ): ApiPromise<T> {
    let response: Response | undefined
    const listening = withResponseListener(options, (received) => {
      response = received
    })
    const promise = new ApiPromise<T>((resolve) => resolve(call(listening)))
    promise.#response = () => response
    return promise
  }

  /**
   * Resolves to the result with its response. Throws what the call throws.
   * @example
   * const { data, response, requestId } = await abeja.channels.get(channelId).withResponse()
   * console.log(data.name, response.status, requestId)
   */
  async withResponse(): Promise<WithResponse<T>> {
    const data = await this
    const response = this.#response?.()
    if (!response) throw new InvalidResponseError('The call sent no request, so it has no response.')
    return { data, response, requestId: requestId(response.headers, (id) => id) }
  }
}

/** Returns the options of a call, with a listener that receives each successful response. */
export function withResponseListener<Options extends RequestOptions>(
  given: Options | null | undefined,
  listener: (response: Response) => void,
): Partial<Options> {
  const options: Partial<Options> = given ?? {}
  // The call rejects these with a message.
  if (typeof options !== 'object' || Symbol.iterator in options) return options
  const outer = options.hooks?.onResponse
  const onResponse = (response: Response) => {
    listener(response)
    outer?.(response)
  }
  return { ...options, hooks: { ...options.hooks, onResponse } }
}
