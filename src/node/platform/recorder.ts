import type { OperationId } from '../../../generated/operations.ts'
import type { Contract, Difference } from '../../contract/contract.ts'
import type { Fetch } from '../../index.ts'

/** A request to the API and its response. */
export interface Exchange {
  readonly operationId: OperationId
  readonly method: string
  /** Below the base URL, not decoded. */
  readonly path: string
  readonly query: string
  /** Undefined where the body is not JSON. */
  readonly requestBody: unknown
  readonly status: number
  readonly contentType: string | undefined
  /** The parsed JSON, or the text. */
  readonly responseBody: unknown
  readonly differences: readonly Difference[]
}

/** A `fetch` that keeps every exchange with the API and compares its response with the description. */
export class Recorder {
  readonly exchanges: Exchange[] = []
  readonly #contract: Contract
  readonly #baseUrl: string
  readonly #fetch: Fetch
  #rewrite: ((url: string) => string) | undefined

  constructor(contract: Contract, baseUrl: string, fetch: Fetch) {
    this.#contract = contract
    this.#baseUrl = baseUrl
    this.#fetch = fetch
  }

  /** Sends the requests of a call with a URL that the client itself would not write, and does not compare the responses. */
  async rewriting<T>(rewrite: (url: string) => string, call: () => Promise<T>): Promise<T> {
    this.#rewrite = rewrite
    try {
      return await call()
    } finally {
      this.#rewrite = undefined
    }
  }

  readonly fetch: Fetch = async (original, init) => {
    const url = this.#rewrite?.(original) ?? original
    const response = await this.#fetch(url, init)
    const [path = '', query = ''] = url.slice(this.#baseUrl.length).split('?', 2)
    const { method = 'GET' } = init
    const operation = url.startsWith(`${this.#baseUrl}/`) ? this.#contract.route(method, path)?.operation : undefined
    // The store of the files is not part of the API, even where it has the same host.
    if (!operation) return response
    const bytes = new Uint8Array(await response.arrayBuffer())
    const operationId = operation.id
    this.#record({ operationId, method, path, query, requestBody: jsonOrUndefined(init.body) }, response, bytes)
    const headers = new Headers(response.headers)
    // The bytes are decoded already.
    for (const name of ['content-encoding', 'content-length']) headers.delete(name)
    const { status, statusText } = response
    return new Response(bytes.length === 0 ? null : bytes, { status, statusText, headers })
  }

  #record(
    request: Pick<Exchange, 'operationId' | 'method' | 'path' | 'query' | 'requestBody'>,
    { status, headers }: Response,
    body: Uint8Array,
  ): void {
    const contentType = headers.get('content-type') ?? undefined
    const text = new TextDecoder().decode(body)
    this.exchanges.push({
      ...{ ...request, status, contentType, responseBody: jsonOrUndefined(text) ?? text },
      differences:
        this.#rewrite !== undefined || isTemporary(status)
          ? []
          : this.#contract.checkResponse(request.operationId, { status, contentType, body }),
    })
  }
}

/** Any server can respond so; the client tries again. */
function isTemporary(status: number): boolean {
  return status === 429 || (status > 500 && status < 600)
}

function jsonOrUndefined(text: unknown): unknown {
  try {
    return typeof text === 'string' ? JSON.parse(text) : undefined
  } catch {
    return undefined
  }
}
