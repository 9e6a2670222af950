import type { Client } from 'openapi-fetch'
import type { paths } from '../../generated/schema.d.ts'
import { type ClientOptions, configure } from '../client-options.ts'
import { InvalidRequestError } from '../errors/errors.ts'
import { ApiClient } from '../http/api-client.ts'

/** Returns the id of a file that is given by its id, or as a list returned it. */
export function fileIdOf(file: string | { readonly file_id: string }): string {
  const id: unknown = typeof file === 'string' ? file : file?.file_id
  if (typeof id === 'string') return id
  throw new InvalidRequestError(`file must be a file id, or a file that a list returned (received ${typeof file}).`)
}

/**
 * A part of the API: of an `AbejaClient`, or standalone. The bundle of a program that uses only one part is smaller with that
 * part than with an `AbejaClient`.
 */
export abstract class Resource {
  readonly #client: ApiClient

  /** @internal */
  constructor(client: ApiClient)
  /**
   * Takes the options of `AbejaClient`. Throws `InvalidRequestError` for an invalid one.
   * @example
   * const triggers = new Triggers({ organizationId: '1234567890123' }) // credential and base URL from the environment
   */
  constructor(options?: ClientOptions)
  constructor(given?: ClientOptions | ApiClient) {
    this.#client = given instanceof ApiClient ? given : new ApiClient(configure(given))
  }

  /** @internal A method rather than a property, so that printing a resource shows no secret. */
  protected client(): ApiClient {
    return this.#client
  }

  /** @internal */
  protected api(): Client<paths> {
    return this.#client.api
  }
}
