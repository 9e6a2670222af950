import type { Client } from 'openapi-fetch'
import type { paths } from '../../generated/schema.d.ts'
import { type ClientOptions, configure } from '../client-options.ts'
import { ApiClient } from '../http/api-client.ts'

/**
 * A part of the API: of an `AbejaClient`, or by itself. A program that needs one part alone is smaller with that part
 * than with an `AbejaClient`, once it is bundled.
 */
export abstract class Resource {
  readonly #client: ApiClient

  /** @internal */
  constructor(client: ApiClient)
  /**
   * Takes what `AbejaClient` takes. Throws `InvalidRequestError` for an option that cannot work.
   * @example
   * const triggers = new Triggers({ organizationId: '1234567890123' }) // credential and base URL from the environment
   */
  constructor(options?: ClientOptions)
  constructor(given?: ClientOptions | ApiClient) {
    this.#client = given instanceof ApiClient ? given : new ApiClient(configure(given))
  }

  /** @internal A method rather than a property: what is shown of a resource must hold no secret. */
  protected client(): ApiClient {
    return this.#client
  }

  /** @internal */
  protected api(): Client<paths> {
    return this.#client.api
  }
}
