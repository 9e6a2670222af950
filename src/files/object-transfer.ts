import type { AbejaError, Attempt } from '../errors/abeja-error.ts'
import { ApiError } from '../errors/api-error.ts'
import { failureOf } from '../http/attempt.ts'
import { UnusableAnswer } from '../http/read-answer.ts'
import { retryPause } from '../http/retry-pause.ts'
import { attemptOf } from '../http/transport.ts'
import { createMd5, type Md5 } from './md5.ts'
import type { Connection, DownloadInfo } from './presigned-url.ts'
import { rangeStart, type StoredObject, storedObject } from './stored-object.ts'
import { FileChangedError, type TransferContext } from './transfer-context.ts'

type Reader = ReadableStreamDefaultReader<Uint8Array>

/**
 * Reads a stored object to its last byte. A connection that breaks or falls silent is opened again where it ended, as
 * long as the store says that the object is still the same; length and MD5 are checked where they are known.
 */
export class ObjectTransfer<Info extends DownloadInfo> {
  readonly #context: TransferContext<Info>
  readonly #attempts: Attempt[] = []
  #md5: Md5 | undefined
  #object: StoredObject
  #connection: Connection
  #reader: Reader | undefined
  #position = 0
  /** How much of the connection's body was read before already. */
  #skip = 0
  #failuresInARow = 0
  readonly #startedAt = performance.now()
  #connectedAt = this.#startedAt
  #pausedMs = 0

  private constructor(context: TransferContext<Info>, connection: Connection) {
    this.#context = context
    this.#connection = connection
    this.#object = storedObject(connection.response, context.size)
    this.#md5 = md5For(this.#object)
    this.#use(connection)
  }

  /** Opens the object. */
  static async open<Info extends DownloadInfo>(context: TransferContext<Info>): Promise<ObjectTransfer<Info>> {
    return new ObjectTransfer(context, await context.url.open({}, context.timed()))
  }

  /** What the store says of the object. */
  get object(): StoredObject {
    return this.#object
  }

  /**
   * The next bytes; undefined after the last.
   * @throws FileChangedError when the object is another than at the beginning
   */
  async read(): Promise<Uint8Array | undefined> {
    for (;;) {
      let chunk: Uint8Array | undefined
      try {
        chunk = await this.#receive()
      } catch (error) {
        await this.#resume(error)
        continue
      }
      if (chunk === undefined) return this.#finish()
      const bytes = this.#unread(chunk)
      if (bytes.byteLength > 0) return this.#received(bytes)
    }
  }

  /** Ends the transfer early. */
  async cancel(): Promise<void> {
    this.#connection.clock.stop()
    await this.#reader?.cancel().catch(() => {})
  }

  #use(connection: Connection): void {
    this.#connection = connection
    this.#connectedAt = performance.now()
    this.#reader = connection.response.body?.getReader()
    const { length } = this.#object
    this.#context.meter.start(length, this.#position)
  }

  async #receive(): Promise<Uint8Array | undefined> {
    const { clock, response } = this.#connection
    clock.touch()
    try {
      const { value } = this.#reader ? await clock.race(this.#reader.read()) : {}
      if (value === undefined && !this.#isWhole()) {
        const message = `the connection ended after ${this.#position} of ${this.#object.length} bytes`
        throw new UnusableAnswer(message, { response, cut: true })
      }
      return value
    } finally {
      clock.rest()
    }
  }

  #unread(chunk: Uint8Array): Uint8Array {
    const skipped = Math.min(this.#skip, chunk.byteLength)
    this.#skip -= skipped
    return skipped === 0 ? chunk : chunk.subarray(skipped)
  }

  #received(bytes: Uint8Array): Uint8Array {
    this.#position += bytes.byteLength
    this.#failuresInARow = 0
    this.#md5?.update(bytes)
    this.#context.meter.move(bytes.byteLength)
    return bytes
  }

  #isWhole(): boolean {
    const { length } = this.#object
    return length === undefined || this.#position >= length
  }

  #finish(): undefined {
    this.#connection.clock.stop()
    const { length, md5 } = this.#object
    if (length !== undefined && this.#position > length) {
      throw this.#unusable(`${this.#position} bytes came where the store announced ${length}`)
    }
    if (this.#md5 && this.#md5.digest('hex') !== md5) {
      throw this.#unusable('the bytes that came are not those the store has: their MD5 is another')
    }
    this.#context.meter.finish()
  }

  async #resume(error: unknown): Promise<void> {
    const { call, clock } = this.#connection
    const failure = failureOf(call, clock, error)
    await this.cancel()
    this.#failuresInARow += 1
    this.#attempts.push(attemptOf(failure, this.#pausedMs, performance.now() - this.#connectedAt))
    const decision = retryPause(call, failure, this.#failuresInARow)
    const canResume = this.#position === 0 || this.#object.validator !== undefined
    const note = canResume ? decision.note : 'It cannot be resumed: the store names no validator for it.'
    const toThrow = failure.toError({ attempts: [...this.#attempts], retryable: decision.retryable, note })
    if (decision.pauseMs === undefined || !canResume) throw this.#failed(toThrow)
    const attempt = this.#attempts.length
    this.#context.transport.emit(call, {
      type: 'retry',
      attempt,
      reason: failure.reason,
      delayMs: decision.pauseMs,
      error: toThrow,
    })
    this.#pausedMs = decision.pauseMs
    await this.#context.transport.pause(decision.pauseMs, call.signal)
    await this.#reconnect()
  }

  async #reconnect(): Promise<void> {
    const { validator } = this.#object
    const range = this.#position === 0 || validator === undefined ? {} : this.#rangeFrom(validator)
    let connection: Connection
    try {
      connection = await this.#context.url.open(range, this.#context.timed())
    } catch (error) {
      if (error instanceof ApiError && error.status === 416) throw this.#changed()
      throw error
    }
    const object = storedObject(connection.response, this.#context.size)
    const isSame = object.validator === validator && object.length === this.#object.length
    const start = connection.response.status === 206 ? rangeStart(connection.response.headers) : 0
    if (this.#position > 0 && !(isSame && start !== undefined && start <= this.#position)) {
      connection.clock.stop()
      await connection.response.body?.cancel().catch(() => {})
      throw this.#changed()
    }
    this.#skip = this.#position - (start ?? 0)
    if (this.#position === 0) {
      this.#object = object
      this.#md5 = md5For(object)
    }
    this.#use(connection)
  }

  #rangeFrom(validator: string): Record<string, string> {
    return { range: `bytes=${this.#position}-`, 'if-range': validator }
  }

  #changed(): FileChangedError {
    const { operationId } = this.#connection.call
    const error = new FileChangedError('The file was replaced while it was downloaded: download it again.', {
      operationId,
      attempts: [...this.#attempts],
      retryable: true,
    })
    return this.#failed(error)
  }

  #unusable(message: string): AbejaError {
    const { call, response, clock } = this.#connection
    const failure = failureOf(call, clock, new UnusableAnswer(message, { response }))
    return this.#failed(failure.toError({ attempts: [...this.#attempts], retryable: true, note: undefined }))
  }

  /** Tells that the whole download failed: its calls did what they could. */
  #failed<Failed extends AbejaError>(error: Failed): Failed {
    const durationMs = performance.now() - this.#startedAt
    const attempt = this.#attempts.length
    this.#context.transport.emit(this.#connection.call, { type: 'failure', attempt, durationMs, error })
    return error
  }
}

/** What the bytes of an object are checked by. */
function md5For({ md5 }: StoredObject): Md5 | undefined {
  return md5 === undefined ? undefined : createMd5()
}
