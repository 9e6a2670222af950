import type { Principal } from '../api/principal.ts'
import type { OperationId, Success } from '../description.ts'
import type { Metadata } from '../metadata.ts'
import type { MockState } from '../mock-state.ts'
import type { JsonBody } from '../platform-requests.ts'
import type { Store } from '../store/store.ts'
import type { BucketForm, Upload } from './upload.ts'

/** A request that Prism has found to be good, as a handler sees it. */
export interface Call<K extends OperationId> {
  readonly state: MockState
  readonly store: Store
  readonly now: number
  /** Where the client sees the server, for the URLs in responses. */
  readonly publicUrl: string
  readonly principal: Principal
  /** The path parameters, decoded. */
  readonly path: Readonly<Record<string, string>>
  readonly query: Query
  readonly json: JsonBody<K>
  /** The metadata among the headers. */
  readonly metadata: Metadata
  readonly contentType: string
  /** The bytes that came, where the operation takes any. */
  readonly upload: Upload | undefined
  /** What stood in a form beside the bytes. */
  readonly form: BucketForm | undefined
}

/** Handles one operation, synchronously: nothing can happen in between. */
export type Handler<K extends OperationId> = (call: Call<K>) => Success<K>

/** The query parameters. Prism has checked their types. */
export class Query {
  readonly #parameters: URLSearchParams

  constructor(parameters: URLSearchParams) {
    this.#parameters = parameters
  }

  text(name: string): string | undefined {
    return this.#parameters.get(name) ?? undefined
  }

  integer(name: string): number | undefined {
    const text = this.text(name)
    return text === undefined ? undefined : Number(text)
  }

  /** The Python client writes `True`. */
  flag(name: string): boolean | undefined {
    return this.text(name) === undefined ? undefined : this.text(name)?.toLowerCase() === 'true'
  }

  words(name: string): string[] | undefined {
    return this.text(name)?.split(',')
  }

  /** Which of `names` were sent. */
  among(names: readonly string[]): string[] {
    return names.filter((name) => this.#parameters.has(name))
  }
}

/** A path parameter. That it is there, the path template says. */
export function pathParameter(path: Readonly<Record<string, string>>, name: string): string {
  const value = path[name]
  if (value === undefined) throw new Error(`this operation has no path parameter ${name}`)
  return value
}
