import { onAbort } from '../../http/abort.ts'
import type { CallEvent } from '../../http/events.ts'
import { type Fetch, InvalidRequestError, isAbejaError, isApiError } from '../../index.ts'
import { callListener } from '../../validation/call-listener.ts'
import { isOutOfFileHandles, LocalFileError } from '../disk/local-file-error.ts'
import { mayHaveBeenProcessed, plainError, recordOf, unfinished } from '../report/file-record.ts'
import type { FileRecord, SkippedRecord, TransferredFiles, UnfinishedRecord } from '../report/report.ts'
import { ReportBuilder } from '../report/report-builder.ts'
import { ReadAhead } from './read-ahead.ts'
import { ServerClock } from './server-clock.ts'
import { Throttle } from './throttle.ts'
import type { JobDetails, TransferJob } from './transfer-job.ts'
import type { OnTransferEvent, TransferEvent } from './transfer-options.ts'

/** How a transfer runs its jobs. */
export interface EngineSettings {
  readonly concurrency?: number | undefined
  readonly failFast?: boolean | undefined
  readonly signal?: AbortSignal | undefined
  readonly onEvent?: OnTransferEvent | undefined
  readonly clock?: ServerClock | undefined
  /** Sends the calls where the client was given no `fetch`. */
  readonly fetch?: Fetch | undefined
}

/** Why a transfer ended early, where it is not the fault of one file. */
export interface Interruption {
  readonly error: unknown
}

export const CONCURRENCY = 32

/** The pauses before a job that found no free file handle is run again, in milliseconds: 10 seconds in all. */
const HANDLE_PAUSES = [50, 100, 200, 400, 800, 1_600, 3_200, 3_650]

/** Operations whose failure concerns all files, whatever their error. */
const LISTS = new Set(['listChannelFiles', 'listBucketFiles'])
const UPLOADS = new Set(['postChannelFileUpload', 'uploadBucketFile'])

/** Throws `InvalidRequestError` unless it is a positive integer. */
export function requireConcurrency(concurrency: number | undefined): number {
  if (concurrency === undefined) return CONCURRENCY
  if (Number.isInteger(concurrency) && concurrency >= 1) return concurrency
  throw new InvalidRequestError(`concurrency must be a positive integer (received ${String(concurrency)}).`)
}

/**
 * Runs jobs, several at once, as they are read. A job that fails does not stop the others, unless `failFast` is set. Jobs
 * that cannot be read on are an interruption, which is returned beside what was done.
 */
export class TransferEngine {
  readonly #settings: EngineSettings
  readonly #concurrency: number
  readonly #throttle: Throttle
  readonly #clock: ServerClock
  readonly #stop = new AbortController()
  readonly #report = new ReportBuilder()
  readonly #running = new Set<Promise<void>>()
  readonly #releaseSignal: (() => void) | undefined
  #interruption: Interruption | undefined

  /** Whoever makes one closes it. */
  constructor(settings: EngineSettings) {
    const { signal } = settings
    this.#settings = settings
    this.#releaseSignal = signal && follow(signal, () => this.#stop.abort(signal.reason))
    this.#concurrency = requireConcurrency(settings.concurrency)
    this.#throttle = new Throttle(this.#concurrency)
    this.#clock = settings.clock ?? new ServerClock(() => {})
  }

  /** Aborted when the transfer ends early. */
  get signal(): AbortSignal {
    return this.#stop.signal
  }

  /** Ends the transfer with an error that does not concern one file alone. */
  end(error: unknown): void {
    this.#interruption ??= { error }
    this.#stop.abort(error)
  }

  async run(jobs: AsyncIterable<TransferJob>): Promise<{ files: TransferredFiles; interruption?: Interruption }> {
    const source = new ReadAhead(jobs, 2 * this.#concurrency)
    const releaseSource = follow(this.#stop.signal, () => source.stop())
    try {
      await this.#start(source)
    } catch (error) {
      if (!this.#stop.signal.aborted) this.#interruption = { error }
    }
    await Promise.all(this.#running)
    releaseSource()
    const files = this.#report.build(source.isComplete)
    return { files, ...(this.#interruption && { interruption: this.#interruption }) }
  }

  /** Removes the listener of the signal of the settings. */
  close(): void {
    this.#releaseSignal?.()
  }

  async #start(source: ReadAhead<TransferJob>): Promise<void> {
    for (let index = 0; ; index++) {
      const job = await source.next()
      if (job === undefined) return
      this.#notify({ type: 'found', path: job.path })
      await this.#throttle.acquire(this.signal)
      const work = this.#work(job, index)
      this.#running.add(work)
      void work.finally(() => this.#running.delete(work))
    }
  }

  async #work(job: TransferJob, index: number): Promise<void> {
    const { path } = job
    const details: JobDetails = {}
    let attempts = 0
    try {
      if (this.signal.aborted) throw this.signal.reason
      attempts = 1
      this.#notify({ type: 'started', path })
      const onEvent = (event: CallEvent) => {
        if (event.type === 'retry') attempts += 1
        this.#clock.observe(event)
        this.#watch(event)
      }
      const { skipped } = await this.#runPatiently(job, details, onEvent)
      const record = recordOf(job, details, attempts)
      if (skipped) this.#skipped(index, { ...record, attempts: skipped === 'conflict' ? attempts : 0, reason: skipped })
      else this.#succeeded(index, record)
      this.#throttle.increase()
    } catch (error) {
      const known = { ...details, ...(details.sentSince && { sentSince: this.#clock.convert(details.sentSince) }) }
      this.#failed(index, unfinished(recordOf(job, details, attempts), job, known, error), error)
    } finally {
      this.#throttle.release()
    }
  }

  /** Runs a job again, with fewer at once, while the system has no free file handle for it. */
  async #runPatiently(job: TransferJob, details: JobDetails, onEvent: (event: CallEvent) => void) {
    const { signal } = this
    const { fetch } = this.#settings
    const { path } = job
    for (let failures = 0; ; failures++) {
      try {
        return await job.run({
          ...{ signal, details },
          hooks: { fetch, pause: (ms) => this.#throttle.pause(ms, signal), onEvent },
          onProgress: (progress) => this.#notify({ type: 'progress', path, ...progress }),
          end: (error) => this.end(error),
        })
      } catch (error) {
        const pauseMs = HANDLE_PAUSES[failures]
        const mayRunAgain = isOutOfFileHandles(error) && !mayHaveBeenProcessed(error) && !signal.aborted
        if (!mayRunAgain || pauseMs === undefined) throw error
        this.#decrease(pauseMs)
        await this.#throttle.pause(pauseMs, signal)
      }
    }
  }

  #succeeded(index: number, record: FileRecord): void {
    this.#report.add('succeeded', index, record)
    this.#notify({ type: 'succeeded', path: record.path, record })
  }

  #skipped(index: number, record: SkippedRecord): void {
    this.#report.add('skipped', index, record)
    this.#notify({ type: 'skipped', path: record.path, record })
  }

  #failed(index: number, record: UnfinishedRecord, error: unknown): void {
    const { path } = record
    if (this.#isStopped(error)) {
      this.#report.add('cancelled', index, record)
      this.#notify({ type: 'cancelled', path, record })
      return
    }
    const shown = localCause(error)
    const failed = { ...record, error: plainError(shown) }
    this.#report.add('failed', index, failed)
    const asError = shown instanceof Error ? shown : new Error(String(shown))
    this.#notify({ type: 'failed', path, record: failed, error: asError })
    if (concernsAllFiles(error)) this.end(error)
    else if (this.#settings.failFast) this.#stop.abort(error)
  }

  #isStopped(error: unknown): boolean {
    const { signal } = this
    return signal.aborted && (error === signal.reason || (isAbejaError(error) && error.name === 'AbortedError'))
  }

  /** Slows the whole transfer down when the server is overloaded. */
  #watch(event: CallEvent): void {
    if (event.type !== 'retry' && event.type !== 'failure') return
    const { status, retryAfterMs } = event.error
    if (status !== 429 && !(status === 503 && retryAfterMs !== undefined)) return
    this.#decrease(retryAfterMs ?? (event.type === 'retry' ? event.delayMs : 0))
  }

  #decrease(pauseMs: number): void {
    if (this.#throttle.decrease(pauseMs)) {
      this.#notify({ type: 'throttled', pauseMs, concurrency: this.#throttle.limit })
    }
  }

  #notify(event: TransferEvent): void {
    callListener(this.#settings.onEvent, event)
  }
}

/** Calls back when a signal is aborted, also when it already is. */
function follow(signal: AbortSignal, callback: () => void): () => void {
  if (!signal.aborted) return onAbort(signal, callback)
  callback()
  return () => {}
}

/** The error of the local file, where an upload failed for it: that of the request says less. */
function localCause(error: unknown): unknown {
  return isAbejaError(error) && error.cause instanceof LocalFileError ? error.cause : error
}

/**
 * Whether every other file would fail with the same error: the credential was rejected, a list cannot be read, or the
 * channel or bucket does not exist. A 404 of an upload means these; a download may miss its file alone.
 */
function concernsAllFiles(error: unknown): boolean {
  if (!isAbejaError(error)) return false
  const { operationId = '' } = error
  if (LISTS.has(operationId)) return true
  if (!isApiError(error)) return false
  return error.status === 401 || (error.status === 404 && UPLOADS.has(operationId))
}
