import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { md5, type StoredFile } from './stored-file.ts'

/** What can go wrong with the storage. */
export interface StorageFaults {
  /** Cuts the connection after so many bytes of each answer. */
  cutEvery?: number
  /** Answers so many requests as if their URL had expired. */
  expired?: number
  /** For how long URLs say that they live, in milliseconds. */
  urlsLiveMs?: number
  /** Called after each answer began: the object can be changed then. */
  afterHead?: ((file: StoredFile) => void) | undefined
  /** Answers 200 and the whole object where a range was asked for. */
  ignoresRanges?: boolean
  /** The `ETag` of every download, in place of that of the content. */
  etag?: string
}

export interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly json?: unknown
}

/** What can go wrong, and how slow it is. */
export interface Faults extends StorageFaults {
  /** Answers a request of the API in place of the platform. */
  answer?:
    | ((request: { method: string; url: string; headers: IncomingMessage['headers'] }) => Answer | undefined)
    | undefined
  /** Of each answer, in milliseconds. */
  latencyMs?: number
  /** Between acting and answering, in milliseconds. */
  answerDelayMs?: number
  /** Lists the whole channel in response to a search. */
  ignoresSearch?: boolean
  /** Stores the next upload and then cuts the connection. */
  loseAnswer?: boolean
}

/** What the platform of a test contains, and how it is to respond. */
export class PlatformState {
  readonly channel = new Map<string, StoredFile>()
  readonly bucket = new Map<string, StoredFile>()
  /** Method and path of each request, in order. */
  readonly requests: string[] = []
  /** Requests to the storage that should not have been. */
  readonly violations: string[] = []
  readonly faults: Faults = {}
  pageSize = 100
  /** Whether the platform tells an MD5 of its objects. */
  tellsMd5 = true
  /** How many requests are being answered, at most at once. */
  mostAtOnce = 0
  /** The platform's clock. */
  now: () => Date = () => new Date()
  #now = 0
  url = ''

  /** Puts a file there, as if uploaded. */
  put(kind: 'channel' | 'bucket', name: string, content: string | Buffer, id: string = randomUUID()): StoredFile {
    const key = kind === 'bucket' ? name : id
    const file: StoredFile = {
      ...{ id: key, content: Buffer.from(content), contentType: 'text/plain', lifetime: undefined },
      metadata: { 'x-abeja-meta-filename': encodeURIComponent(name) },
      // Each a little newer than the one before.
      uploadedAt: new Date(Date.now() - 60_000 + this.#now++),
    }
    this[kind].set(key, file)
    return file
  }

  /** The decoded names of the files of the channel. */
  names(): string[] {
    return [...this.channel.values()].map((file) => decodeURIComponent(file.metadata['x-abeja-meta-filename'] ?? ''))
  }

  /** The text of the file of that name. */
  textOf(kind: 'channel' | 'bucket', name: string): string | undefined {
    if (kind === 'bucket') return this.bucket.get(name)?.content.toString()
    const index = this.names().lastIndexOf(name)
    return [...this.channel.values()][index]?.content.toString()
  }

  /** What the answers say of a file. */
  infoOf(kind: 'channel' | 'bucket', file: StoredFile): Record<string, unknown> {
    const expires = new Date(Date.now() + (this.faults.urlsLiveMs ?? 600_000))
    const common = {
      metadata: { ...file.metadata, 'x-abeja-sys-meta-organizationid': '1' },
      uploaded_at: file.uploadedAt.toISOString(),
      url_expires_on: expires.toISOString(),
      download_uri: `${this.url}/storage/${kind}/${encodeURIComponent(file.id)}?X-Signature=a%2Fb+c~${randomUUID()}`,
    }
    if (kind === 'channel') return { ...common, file_id: file.id, content_type: file.contentType }
    const etag = this.tellsMd5 ? md5(file.content) : 'xxx'
    const sizes = { size: file.content.byteLength, etag, last_modified: common.uploaded_at }
    return { ...common, ...sizes, file_id: `/${file.id}`, is_file: true }
  }

  /** Stores an upload. */
  store(kind: 'channel' | 'bucket', id: string, upload: Omit<StoredFile, 'id' | 'uploadedAt'>): StoredFile {
    const file = { ...upload, id, uploadedAt: this.now() }
    this[kind].set(id, file)
    return file
  }
}
