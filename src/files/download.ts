import { InvalidRequestError, InvalidResponseError, isAbejaError } from '../errors/errors.ts'
import { concatBytes } from '../http/bytes.ts'
import { REQUEST_OPTIONS, type RequestOptions, remainingTime } from '../http/call.ts'
import type { Transport } from '../http/transport.ts'
import { type KeysOf, knownKeys } from '../validation/known-keys.ts'
import { ObjectTransfer, RestartError, type TransferContext } from './object-transfer.ts'
import { type DownloadInfo, type DownloadTarget, PresignedUrl } from './presigned-url.ts'
import { type OnProgress, ProgressMeter } from './progress.ts'
import type { ChecksumSource } from './stored-object.ts'

/** The options of a download. */
export interface DownloadOptions extends RequestOptions {
  /** Called with the progress of the download, at most about 20 times a second. */
  onProgress?: OnProgress | undefined
  /**
   * What the bytes are compared with at the end. `none` is for stores whose ETags look like an MD5 and are not one.
   * @default 'etag'
   */
  checksum?: ChecksumSource | undefined
}

const DOWNLOAD_OPTIONS: KeysOf<DownloadOptions> = { ...REQUEST_OPTIONS, checksum: true, onProgress: true }

/** A file that can be downloaded, without its bytes. */
export interface DownloadableFile extends DownloadInfo {
  readonly file_id: string
  readonly content_type?: string
  readonly size?: number
  readonly metadata: Record<string, string>
  readonly system_metadata: Record<string, unknown>
}

/** How often a download starts from the first byte again before it fails. */
const MOST_RESTARTS = 3

/**
 * The bytes of a file: a stream, or all of them at once. A download that breaks is resumed where it ended; length and
 * checksum are checked at the end. Read it or `cancel()` it: until then its connection stays open.
 *
 * @example
 * const download = await abeja.channels.files.download(channelId, fileId)
 * for await (const chunk of download) hash.update(chunk)
 */
export class Download<File extends DownloadableFile = DownloadableFile> extends ReadableStream<Uint8Array> {
  /** The file as the platform describes it. */
  readonly file: File
  readonly contentType: string
  /** In bytes; undefined when the store does not state it. */
  readonly contentLength: number | undefined
  /** The MD5 of the bytes in hex, where the store states it. */
  readonly contentMd5: string | undefined
  readonly metadata: Record<string, string>
  readonly system_metadata: Record<string, unknown>
  readonly #transfer: ObjectTransfer<File>
  readonly #restart: () => Promise<ObjectTransfer<File>>

  /** @internal Made by `download(…)` of the channel and bucket files. */
  constructor(file: File, transfer: ObjectTransfer<File>, restart: () => Promise<ObjectTransfer<File>>) {
    super(
      {
        async pull(controller) {
          const chunk = await transfer.read()
          if (chunk) controller.enqueue(chunk)
          else controller.close()
        },
        cancel: () => transfer.end(),
      },
      { highWaterMark: 0 },
    )
    this.file = file
    this.contentType = file.content_type ?? transfer.object.contentType ?? 'application/octet-stream'
    this.contentLength = transfer.object.length
    this.contentMd5 = transfer.object.md5
    this.metadata = file.metadata
    this.system_metadata = file.system_metadata
    this.#transfer = transfer
    this.#restart = restart
  }

  /**
   * Passes every chunk to `sink`, in order. When the file is replaced meanwhile, or its download breaks and cannot be resumed,
   * it is read from its first byte again: `reset` is called, and the chunks so far must be discarded.
   */
  async readInto(sink: (chunk: Uint8Array) => void | Promise<void>, reset: () => void | Promise<void>): Promise<void> {
    if (this.locked) throw new InvalidRequestError('The download is already being read.')
    this.getReader()
    let transfer = this.#transfer
    for (let restarts = 0; ; restarts++) {
      try {
        for (let chunk = await transfer.read(true); chunk; chunk = await transfer.read(true)) await sink(chunk)
        return
      } catch (error) {
        await transfer.end()
        if (!(error instanceof RestartError)) throw error
        if (restarts === MOST_RESTARTS) throw isAbejaError(error.cause) ? error.cause : error
        await reset()
        transfer = await this.#restart()
      }
    }
  }

  /**
   * The chunks, for `for await`. A loop that is left early ends the download. The base class has the same, but not in
   * every browser.
   */
  override async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, undefined, undefined> {
    const reader = this.getReader()
    try {
      for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) yield chunk.value
    } finally {
      await reader.cancel()
      reader.releaseLock()
    }
  }

  /** All bytes. */
  bytes(): Promise<Uint8Array> {
    return this.#whole()
  }

  /** All bytes as a Blob of the file's content type. */
  async blob(): Promise<Blob> {
    return new Blob([await this.#whole()], { type: this.contentType })
  }

  /** The bytes as text, read as UTF-8. */
  async text(): Promise<string> {
    return new TextDecoder().decode(await this.bytes())
  }

  /**
   * The bytes parsed as JSON.
   * @throws InvalidResponseError when they are not JSON
   */
  async json(): Promise<unknown> {
    const text = await this.text()
    try {
      return JSON.parse(text)
    } catch {
      // Without the parser's error, which quotes the file.
      throw new InvalidResponseError(`The file ${this.file.file_id} is not JSON.`)
    }
  }

  // The narrower type is for Blob. It is private, because compilers before TypeScript 5.7 do not know it.
  async #whole(): Promise<Uint8Array<ArrayBuffer>> {
    const chunks: Uint8Array[] = []
    await this.readInto(
      (chunk) => void chunks.push(chunk),
      () => void chunks.splice(0),
    )
    return concatBytes(chunks)
  }
}

/** Starts a download. `known` is the file as a list returned it, and saves a request. */
export async function startDownload<File extends DownloadableFile>(
  transport: Transport,
  target: DownloadTarget<File>,
  given: DownloadOptions | null | undefined,
  known?: File,
): Promise<Download<File>> {
  const { onProgress, checksum, ...options } = knownKeys(given, DOWNLOAD_OPTIONS, 'option', InvalidRequestError)
  const checked = requireChecksum(checksum)
  const url = new PresignedUrl(transport, target, known)
  const timed = remainingTime(options, transport.settings.totalTimeout)
  const file = await url.info(timed())
  const context: TransferContext<File> = {
    transport,
    url,
    timed,
    meter: new ProgressMeter(onProgress),
    size: file.size ?? undefined,
    checksum: checked,
  }
  return new Download(file, await ObjectTransfer.open(context), () => {
    url.forget()
    return ObjectTransfer.open(context)
  })
}

function requireChecksum(checksum: ChecksumSource | null | undefined): ChecksumSource {
  const value = checksum ?? 'etag'
  if (value === 'etag' || value === 'none') return value
  throw new InvalidRequestError(`checksum must be 'etag' or 'none' (received ${String(value)}).`)
}
