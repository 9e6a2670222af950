import { setMaxListeners } from 'node:events'
import { type AbejaEvent, InvalidRequestError, isAbejaError, type OnProgress, type Pacing } from '../../index.ts'
import { LocalFileError } from '../disk/local-file-error.ts'
import { plainError, recordOf, unfinished } from '../report/file-record.ts'
import type { FileRecord, SkippedRecord, TransferredFiles, UnfinishedRecord } from '../report/report.ts'
import { ReportBuilder } from '../report/report-builder.ts'
import { concernsAll } from './fatal-errors.ts'
import { ReadAhead } from './read-ahead.ts'
import { Throttle } from './throttle.ts'
import type { OnTransferEvent, TransferEvent } from './transfer-events.ts'
import type { Job, Task } from './transfer-job.ts'

/** How a transfer goes about its files. */
export interface TransferSettings {
  readonly concurrency?: number | undefined
  readonly failFast?: boolean | undefined
  readonly signal?: AbortSignal | undefined
  readonly onEvent?: OnTransferEvent | undefined
}

/** Where the jobs ended too early: it is no file's fault. */
export interface Interruption {
  readonly error: unknown
}

const CONCURRENCY = 16

/**
 * Runs jobs, some at once, as they are read. One that fails does not stop the others, unless `failFast`. Never throws
 * for a job; when the jobs themselves cannot be read on, that is told beside what was done.
 * @param onStop told when the transfer ends early
 */
export async function runTransfer(
  jobs: AsyncIterable<Job>,
  settings: TransferSettings,
  onStop: () => void,
): Promise<{ files: TransferredFiles; interruption: Interruption | undefined }> {
  return new Transfer(settings).run(jobs, onStop)
}

/** Throws `InvalidRequestError` for what is no number of files. */
export function requireConcurrency(concurrency: number | undefined): number {
  if (concurrency === undefined) return CONCURRENCY
  if (Number.isInteger(concurrency) && concurrency >= 1) return concurrency
  throw new InvalidRequestError(`concurrency is ${concurrency}: give a whole number of 1 or more.`)
}

class Transfer {
  readonly #settings: TransferSettings
  readonly #concurrency: number
  readonly #throttle: Throttle
  readonly #stop = new AbortController()
  readonly #report = new ReportBuilder()
  readonly #running = new Set<Promise<void>>()
  #interruption: Interruption | undefined

  constructor(settings: TransferSettings) {
    this.#settings = settings
    this.#concurrency = requireConcurrency(settings.concurrency)
    this.#throttle = new Throttle(this.#concurrency)
    // Every file listens to it: ten are no sign of a leak here.
    setMaxListeners(0, this.#stop.signal)
  }

  async run(jobs: AsyncIterable<Job>, onStop: () => void) {
    const { signal } = this.#settings
    const abort = () => this.#stop.abort(signal?.reason)
    if (signal?.aborted) abort()
    else signal?.addEventListener('abort', abort)
    const source = new ReadAhead(jobs, 2 * this.#concurrency)
    const stopReading = () => {
      source.stop()
      onStop()
    }
    if (this.#stop.signal.aborted) stopReading()
    else this.#stop.signal.addEventListener('abort', stopReading)
    try {
      await this.#start(source)
    } catch (error) {
      if (!this.#stop.signal.aborted) this.#interruption = { error }
    }
    await Promise.all(this.#running)
    signal?.removeEventListener('abort', abort)
    return { files: this.#report.build(source.isComplete), interruption: this.#interruption }
  }

  /** Ends the transfer: it is no file's fault, and the next ones would fare no better. */
  #end(error: unknown): void {
    this.#interruption ??= { error }
    this.#stop.abort(error)
  }

  async #start(source: ReadAhead<Job>): Promise<void> {
    const { signal } = this.#stop
    for (let index = 0; ; index++) {
      const job = await source.next()
      if (job === undefined) return
      this.#tell({ type: 'found', path: job.path })
      await this.#throttle.acquire(signal)
      const work = this.#work(job, index)
      this.#running.add(work)
      void work.finally(() => this.#running.delete(work))
    }
  }

  async #work(job: Job, index: number): Promise<void> {
    const { signal } = this.#stop
    const { path } = job
    const facts: Task['facts'] = {}
    let attempts = 0
    try {
      if (signal.aborted) throw signal.reason
      attempts = 1
      this.#tell({ type: 'started', path })
      const pacing: Pacing = {
        pause: (ms) => this.#throttle.pause(ms, signal),
        onEvent: (event) => {
          if (event.type === 'retry') attempts += 1
          this.#watch(event)
        },
      }
      const onProgress: OnProgress = (progress) => this.#tell({ type: 'progress', path, ...progress })
      const end = (error: unknown) => this.#end(error)
      const { skipped } = await job.run({ signal, pacing, onProgress, facts, end })
      const record = recordOf(job, facts, attempts)
      if (skipped) this.#skipped(index, { ...record, attempts: skipped === 'conflict' ? attempts : 0, reason: skipped })
      else this.#succeeded(index, record)
      this.#throttle.widen()
    } catch (error) {
      this.#failed(index, unfinished(recordOf(job, facts, attempts), job, facts, error), error)
    } finally {
      this.#throttle.release()
    }
  }

  #succeeded(index: number, record: FileRecord): void {
    this.#report.add('succeeded', index, record)
    this.#tell({ type: 'succeeded', path: record.path, record })
  }

  #skipped(index: number, record: SkippedRecord): void {
    this.#report.add('skipped', index, record)
    this.#tell({ type: 'skipped', path: record.path, record })
  }

  #failed(index: number, record: UnfinishedRecord, error: unknown): void {
    const { path } = record
    if (this.#isStopped(error)) {
      this.#report.add('cancelled', index, record)
      this.#tell({ type: 'cancelled', path, record })
      return
    }
    const told = localCause(error)
    const failed = { ...record, error: plainError(told) }
    this.#report.add('failed', index, failed)
    this.#tell({
      type: 'failed',
      path,
      record: failed,
      error: told instanceof Error ? told : new Error(String(told)),
    })
    if (concernsAll(error)) this.#end(error)
    else if (this.#settings.failFast) this.#stop.abort(error)
  }

  #isStopped(error: unknown): boolean {
    const { signal } = this.#stop
    return signal.aborted && (error === signal.reason || (isAbejaError(error) && error.name === 'AbortedError'))
  }

  /** Narrows the whole transfer when the server says that it is too much. */
  #watch(event: AbejaEvent): void {
    if (event.type !== 'retry' && event.type !== 'failure') return
    const { status, retryAfterMs } = event.error
    if (status !== 429 && !(status === 503 && retryAfterMs !== undefined)) return
    const pauseMs = retryAfterMs ?? (event.type === 'retry' ? event.delayMs : 0)
    if (this.#throttle.narrow(pauseMs)) {
      this.#tell({ type: 'throttled', pauseMs, concurrency: this.#throttle.width })
    }
  }

  #tell(event: TransferEvent): void {
    try {
      this.#settings.onEvent?.(event)
    } catch {
      // A listener only watches: what goes wrong in it must not change the transfer.
    }
  }
}

/** The failure of the local file, where an upload failed for it: the error of the request says less. */
function localCause(error: unknown): unknown {
  return isAbejaError(error) && error.cause instanceof LocalFileError ? error.cause : error
}
