import { type AbejaError, ApiError, type Attempt, InvalidRequestError, InvalidResponseError } from '../errors/errors.ts'
import { type LinkedAbort, linkedAbort } from '../http/abort.ts'
import type { RequestOptions } from '../http/call.ts'
import { attemptOf, errorOf } from '../http/failure.ts'
import { type BodyReader, bodyReader, UnusableResponse } from '../http/read-response.ts'
import { decideRetry } from '../http/retry-policy.ts'
import { failureOf, type Transport } from '../http/transport.ts'
import type { Connection, DownloadInfo, PresignedUrl } from './presigned-url.ts'
import type { ProgressMeter } from './progress.ts'
import { ByteCheck, type ChecksumSource, rangeStart, type StoredObject, storedObject } from './stored-object.ts'

/** The file must be read from its first byte again: it was replaced, or its download cannot be resumed. */
export class RestartError extends InvalidResponseError {}

/** The collaborators and settings of a download. */
export interface TransferContext<Info extends DownloadInfo> {
  readonly transport: Transport
  readonly url: PresignedUrl<Info>
  /** Returns the options of a request, with the time that is left. */
  readonly timed: () => RequestOptions
  readonly meter: ProgressMeter
  /** In bytes, when the platform states it: some stores do not. */
  readonly size: number | undefined
  readonly checksum: ChecksumSource
}

/**
 * Reads a stored object to its last byte. A download that breaks or stalls is resumed, as long as the store says that the
 * object is still the same; length and MD5 are checked where they are known.
 */
export class ObjectTransfer<Info extends DownloadInfo> {
  readonly #context: TransferContext<Info>
  readonly #attempts: Attempt[] = []
  #bytes: ByteCheck
  #connection: Connection
  #reader: BodyReader | undefined
  /** The number of bytes of this connection that were received before. */
  #skip = 0
  #failuresInARow = 0
  readonly #startedAt = performance.now()
  #connectedAt = this.#startedAt
  #pausedMs = 0
  /** Ends the connections that are opened to resume. Created with the first of them. */
  #ending: LinkedAbort | undefined
  /** Whether reading has ended early. */
  #isOver = false

  private constructor(context: TransferContext<Info>, connection: Connection) {
    this.#context = context
    this.#connection = connection
    this.#bytes = new ByteCheck(storedObject(connection.response, context.size, context.checksum))
    this.#use(connection)
  }

  /** Opens the object. */
  static async open<Info extends DownloadInfo>(context: TransferContext<Info>): Promise<ObjectTransfer<Info>> {
    return new ObjectTransfer(context, await context.url.open({}, context.timed()))
  }

  /** The object as the store describes it. */
  get object(): StoredObject {
    return this.#bytes.object
  }

  /**
   * Returns the next bytes; undefined after the last.
   * @param canRestart whether the caller can discard what it has read so far
   * @throws RestartError when the object must be read from its first byte again
   */
  async read(canRestart = false): Promise<Uint8Array | undefined> {
    if (this.#isOver) throw new InvalidRequestError('The download was cancelled. Start another one.')
    try {
      return await this.#next(canRestart)
    } catch (error) {
      this.#ending?.release()
      throw error
    }
  }

  /** Ends the transfer early: a pending read receives no more bytes, and no other connection is opened. */
  async end(): Promise<void> {
    this.#isOver = true
    this.#ending?.release()
    this.#ending?.abort()
    await this.#disconnect()
  }

  async #next(canRestart: boolean): Promise<Uint8Array | undefined> {
    for (;;) {
      let chunk: Uint8Array | undefined
      try {
        chunk = await this.#receive()
      } catch (error) {
        if (this.#isOver) return undefined
        await this.#resume(error, canRestart)
        continue
      }
      if (this.#isOver) return undefined
      if (chunk === undefined) return this.#finish()
      const bytes = this.#unread(chunk)
      if (bytes.byteLength > 0) return this.#received(bytes)
    }
  }

  async #disconnect(): Promise<void> {
    this.#connection.timer.stop()
    await this.#reader?.cancel().catch(() => {})
  }

  #use(connection: Connection): void {
    this.#connection = connection
    this.#connectedAt = performance.now()
    this.#reader = bodyReader(connection.response)
    const { length, position } = this.#bytes
    this.#context.meter.start(length, position)
    // Until reading starts.
    connection.timer.rest()
  }

  async #receive(): Promise<Uint8Array | undefined> {
    const { timer, response } = this.#connection
    timer.touch()
    try {
      const { value } = this.#reader ? await timer.race(this.#reader.read()) : {}
      if (value === undefined && !this.#bytes.isComplete) {
        const message = `the connection ended after ${this.#bytes.position} of ${this.#bytes.length} bytes`
        throw new UnusableResponse(message, { response, cut: true })
      }
      return value
    } finally {
      timer.rest()
    }
  }

  #unread(chunk: Uint8Array): Uint8Array {
    const skipped = Math.min(this.#skip, chunk.byteLength)
    this.#skip -= skipped
    return skipped === 0 ? chunk : chunk.subarray(skipped)
  }

  #received(bytes: Uint8Array): Uint8Array {
    this.#bytes.add(bytes)
    this.#failuresInARow = 0
    this.#context.meter.move(bytes.byteLength)
    return bytes
  }

  #finish(): undefined {
    this.#connection.timer.stop()
    this.#ending?.release()
    const problem = this.#bytes.problem()
    if (problem !== undefined) throw this.#unusable(problem)
    this.#context.meter.finish()
  }

  async #resume(error: unknown, canRestart: boolean): Promise<void> {
    const { call, timer } = this.#connection
    const failure = failureOf(call, timer, error)
    await this.#disconnect()
    this.#failuresInARow += 1
    this.#attempts.push(attemptOf(failure, this.#pausedMs, performance.now() - this.#connectedAt))
    const decision = decideRetry(call, failure, this.#failuresInARow)
    const canResume = this.#bytes.position === 0 || this.object.validator !== undefined
    const note = canResume || canRestart ? decision.note : `It cannot be resumed: ${this.#whyNotResumable()}.`
    const toThrow = errorOf(call, failure, { attempts: [...this.#attempts], retryable: decision.retryable, note })
    if (decision.pauseMs === undefined || !(canResume || canRestart)) throw this.#failed(toThrow)
    const attempt = this.#attempts.length
    this.#context.transport.emit(call, {
      type: 'retry',
      attempt,
      reason: failure.reason,
      delayMs: decision.pauseMs,
      error: toThrow,
    })
    this.#pausedMs = decision.pauseMs
    this.#ending ??= linkedAbort(call.signal)
    const { signal } = this.#ending
    await this.#context.transport.pause(call, decision.pauseMs, signal)
    if (this.#isOver) return
    if (!canResume) throw new RestartError(toThrow.message, { cause: toThrow })
    await this.#reconnect(signal)
  }

  #whyNotResumable(): string {
    const { isDecoded } = this.object
    return isDecoded ? 'the store sends it with a Content-Encoding' : 'the store states no validator (ETag) for it'
  }

  async #reconnect(signal: AbortSignal): Promise<void> {
    const { position } = this.#bytes
    const { validator } = this.object
    const range = position === 0 || validator === undefined ? {} : rangeFrom(position, validator)
    let connection: Connection
    try {
      connection = await this.#context.url.open(range, { ...this.#context.timed(), signal })
    } catch (error) {
      if (error instanceof ApiError && error.status === 416) throw this.#changed()
      throw error
    }
    const object = storedObject(connection.response, this.#context.size, this.#context.checksum)
    const start = connection.response.status === 206 ? rangeStart(connection.response.headers) : 0
    if (position > 0 && !(this.#bytes.matches(object) && start !== undefined && start <= position)) {
      connection.timer.stop()
      await connection.response.body?.cancel().catch(() => {})
      throw this.#changed()
    }
    this.#skip = position - (start ?? 0)
    if (position === 0) this.#bytes = new ByteCheck(object)
    else this.#bytes.learn(object)
    this.#use(connection)
  }

  #changed(): RestartError {
    const { operationId } = this.#connection.call
    const error = new RestartError('The file was replaced while it was downloaded. Download it again.', {
      operationId,
      attempts: [...this.#attempts],
      retryable: true,
    })
    return this.#failed(error)
  }

  #unusable(message: string): AbejaError {
    const { call, response, timer } = this.#connection
    const failure = failureOf(call, timer, new UnusableResponse(message, { response }))
    return this.#failed(errorOf(call, failure, { attempts: [...this.#attempts], retryable: true, note: undefined }))
  }

  /** Emits the failure of the whole download: its calls emit only their own. */
  #failed<Failed extends AbejaError>(error: Failed): Failed {
    const durationMs = performance.now() - this.#startedAt
    const attempt = this.#attempts.length
    this.#context.transport.emit(this.#connection.call, { type: 'failure', attempt, durationMs, error })
    return error
  }
}

/** Requests the rest, if the object is still the same. */
function rangeFrom(position: number, validator: string): { range: string; 'if-range': string } {
  return { range: `bytes=${position}-`, 'if-range': validator }
}
