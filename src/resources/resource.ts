import { configure } from '../configuration.ts'
import { OperationClient } from '../http/operation-client.ts'
import type { ClientOptions } from '../options.ts'

/**
 * A part of the API: of an `AbejaClient`, or by itself. A program that needs one part alone is smaller with that part
 * than with an `AbejaClient`, once it is bundled.
 */
export abstract class Resource {
  readonly #client: OperationClient

  /** @internal */
  constructor(client: OperationClient)
  /**
   * Takes what `AbejaClient` takes. Throws `InvalidRequestError` for an option that cannot work.
   * @example
   * const triggers = new Triggers({ organizationId: '1234567890123' }) // credential and base URL from the environment
   */
  constructor(options?: ClientOptions)
  constructor(given: ClientOptions | OperationClient = {}) {
    this.#client = given instanceof OperationClient ? given : new OperationClient(configure(given))
  }

  /** @internal A method, which nothing calls that only looks: what is shown of a resource must hold no secret. */
  protected client(): OperationClient {
    return this.#client
  }
}
