import type { OperationId } from '../../../generated/operations.ts'
import {
  type AbejaClient,
  AbejaError,
  InvalidResponseError,
  isAbejaError,
  isApiError,
  type Page,
  type Paged,
} from '../../index.ts'
import type { Recorder } from './recorder.ts'
import type { PlatformBehavior, PlatformDifference, PlatformReport } from './report.ts'

/** No list of the check is so long. */
const ENDLESS = 50

/** One run of the check, and what it has found beside what the responses show by themselves. */
export class CheckRun {
  readonly abeja: AbejaClient
  /** The same without a credential. */
  readonly anonymous: AbejaClient
  readonly recorder: Recorder
  readonly signal: AbortSignal | undefined
  readonly behaviors: PlatformBehavior[] = []
  readonly differences: Omit<PlatformDifference, 'count'>[] = []
  /** Why an operation could not be tried. */
  readonly failures = new Map<OperationId, string>()
  readonly leftBehind: PlatformReport['leftBehind'][number][] = []

  constructor(abeja: AbejaClient, anonymous: AbejaClient, recorder: Recorder, signal: AbortSignal | undefined) {
    this.abeja = abeja
    this.anonymous = anonymous
    this.recorder = recorder
    this.signal = signal
  }

  /**
   * Calls an operation.
   * @returns undefined when it failed: what depends on it is left out then
   */
  async attempt<T>(operationId: OperationId, call: () => Promise<T>): Promise<T | undefined> {
    this.signal?.throwIfAborted()
    const before = this.#found()
    try {
      return await call()
    } catch (error) {
      this.signal?.throwIfAborted()
      if (!isAbejaError(error)) throw error
      this.#failed(operationId, error, this.#found() > before)
      return undefined
    }
  }

  /** Calls an operation that is to be rejected with a status. */
  async rejected(
    name: string,
    operationId: OperationId,
    expected: number,
    call: () => Promise<unknown>,
  ): Promise<void> {
    this.signal?.throwIfAborted()
    const observed = await call().then(
      () => 'success',
      (error: unknown) =>
        isApiError(error) ? String(error.status) : error instanceof AbejaError ? error.name : 'an error',
    )
    this.observe(name, operationId, String(expected), observed)
  }

  /**
   * Follows the pages of a list to the end.
   * @param most how many pages are enough; without it, a list that goes on is a difference
   */
  async pages<Item, Envelope>(
    operationId: OperationId,
    list: Paged<Item, Envelope>,
    most?: number,
  ): Promise<readonly Page<Item, Envelope>[] | undefined> {
    return this.attempt(operationId, async () => {
      const pages: Page<Item, Envelope>[] = []
      for await (const page of list.byPage()) {
        pages.push(page)
        this.signal?.throwIfAborted()
        if (pages.length === (most ?? ENDLESS)) break
      }
      if (pages.length < ENDLESS) return pages
      this.observe('end of the list', operationId, 'reached', `not after ${ENDLESS} pages`)
      return undefined
    })
  }

  observe(name: string, operationId: OperationId, expected: string, observed: string): void {
    this.behaviors.push({ name, operationId, expected, observed })
  }

  #failed(operationId: OperationId, error: AbejaError, isExplained: boolean): void {
    const status = isApiError(error) ? error.status : undefined
    if (status === 401 || status === 403) {
      this.failures.set(operationId, `the credential is not permitted (${status})`)
    } else if (error instanceof InvalidResponseError || status !== undefined) {
      // The response itself may have shown the reason already.
      if (isExplained) return
      const message = error.message
      this.differences.push({ operationId, kind: 'behavior', location: 'response', message })
    } else this.failures.set(operationId, error.message)
  }

  #found(): number {
    return this.recorder.exchanges.reduce((count, { differences }) => count + differences.length, 0)
  }
}
