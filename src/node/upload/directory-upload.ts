import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isAbejaError, isApiError, type Metadata, type RequestOptions } from '../../index.ts'
import { hasSameBytes, remoteChecksum } from '../disk/checksum.ts'
import { openDiskFile, requireRegularFile } from '../disk/disk-file.ts'
import { onDisk } from '../disk/local-file-error.ts'
import type { DirectoryContext } from '../engine/directory-transfer.ts'
import type { JobContext, JobResult, TransferJob } from '../engine/transfer-job.ts'
import { requestOptions } from '../engine/transfer-options.ts'
import {
  bucketFile,
  channelFile,
  type FileStore,
  filenameOf,
  type RemoteFile,
  uploadInto,
  withFilename,
} from '../remote/remote-files.ts'
import { mayHaveBeenProcessed } from '../report/file-record.ts'
import type { UnfinishedRecord } from '../report/report.ts'
import { findLostUploads, type LostUpload } from './lost-uploads.ts'
import { findMarked, markOf, PART_MARK } from './part-mark.ts'
import type { UploadDirectoryOptions } from './upload-options.ts'

/** Options of every call that is made for one file. */
type CallOptions = Pick<RequestOptions, 'signal' | 'hooks'>

/** What the upload of a directory works with. */
export interface DirectoryUploadSettings extends DirectoryContext {
  readonly directory: string
  /** The name on disk of the only file, when it is stored under another name. */
  readonly source: string | undefined
  readonly options: UploadDirectoryOptions
  /** What an earlier run has left, by the paths. */
  readonly left: ReadonlyMap<string, UnfinishedRecord>
  /** Whether no earlier run can have uploaded a marked file. */
  readonly isFirstRun: boolean
}

/** Uploads the files of a directory, one by one. */
export class DirectoryUpload {
  readonly #settings: DirectoryUploadSettings
  readonly #request: RequestOptions
  /** Uploads of earlier runs that were looked up before the first file: the ids, by the paths. */
  #found: ReadonlyMap<string, string> = new Map()
  /** Why lost uploads could not be looked up, by the paths: sent again, they could be stored twice. */
  readonly #lookupErrors = new Map<string, unknown>()
  /** The newest file of each name in a channel. Read for `skipUnchanged` alone. */
  #index: Promise<ReadonlyMap<string, string>> | undefined

  private constructor(settings: DirectoryUploadSettings) {
    this.#settings = settings
    this.#request = { ...requestOptions(settings.options), hooks: settings.hooks }
  }

  /** Looks up what earlier runs have uploaded, or left unconfirmed. */
  static async prepare(settings: DirectoryUploadSettings): Promise<DirectoryUpload> {
    const upload = new DirectoryUpload(settings)
    upload.#found = new Map([...(await upload.#findLostUploads()), ...(await upload.#findMarkedUploads())])
    return upload
  }

  /** Returns what earlier runs have left of a file. An upload that was begun and not ended is unconfirmed until it is settled. */
  leftOf(path: string): NonNullable<TransferJob['left']> {
    const { left, journal } = this.#settings
    const { metadata, unconfirmedSince: reported } = left.get(path) ?? {}
    const begun = journal?.begunSince(path)?.toISOString()
    const isBegunBefore = begun !== undefined && reported !== undefined && Date.parse(begun) < Date.parse(reported)
    const since = isBegunBefore ? begun : (reported ?? begun)
    return { ...(metadata && { metadata }), ...(since !== undefined && { unconfirmedSince: since }) }
  }

  /** Uploads a file, unless that is not needed. */
  async run(path: string, { signal, hooks, onProgress, details, end }: JobContext): Promise<JobResult> {
    const { left, journal, own, options } = this.#settings
    const { store } = this.#settings
    const call = { signal, hooks }
    const file = this.#fileAt(path)
    const stats = requireRegularFile(file, await onDisk('read', file, stat(file)))
    if (await own.includes(file, stats)) return { skipped: 'own-file' }
    let { size: bytes, mtimeMs: modified } = stats
    details.bytes = bytes
    // The file is stored whatever happens to the journal: that ends the transfer, but is not a failure of this file.
    const finish = (id: string | undefined, conflict?: string) =>
      journal?.finish(path, { bytes, modified, id, conflict, path }).catch(end)
    const earlier = journal?.done(path)
    // A file that was rejected for one conflict_target may be accepted for another, or for none.
    const isDone = earlier && (earlier.conflict === undefined || earlier.conflict === options.conflict_target)
    if (isDone && earlier.bytes === bytes && earlier.modified === modified) {
      if (earlier.id !== undefined) details.id = earlier.id
      return { skipped: 'journal' }
    }
    const found = this.#found.get(path)
    if (found !== undefined) {
      details.id = found
      await finish(found)
      return { skipped: 'journal' }
    }
    if (this.#lookupErrors.has(path)) throw this.#lookupErrors.get(path)
    const metadata = withFilename(store, path, await this.#metadataOf(path))
    if (options.metadata || left.get(path)?.metadata) details.metadata = await this.#metadataOf(path)
    const mark = markOf(metadata)
    const uploaded = mark === undefined ? undefined : await this.#uploadedWith(mark, store, path, call)
    if (uploaded !== undefined) {
      details.id = uploaded
      await finish(uploaded)
      return { skipped: 'journal' }
    }
    const unchanged = options.skipUnchanged ? await this.#unchanged(store, path, metadata, bytes, call) : undefined
    if (unchanged !== undefined) {
      details.id = unchanged
      if (journal?.begunSince(path)) await finish(unchanged)
      return { skipped: 'unchanged' }
    }
    if (options.dryRun) return { skipped: 'dry-run' }
    const open = this.leftOf(path).unconfirmedSince
    details.sentSince = new Date()
    if (!journal?.begunSince(path)) {
      await journal?.begin(path, details.sentSince).catch((error: unknown) => {
        end(error)
        throw error
      })
    }
    const { lifetime } = options
    const isMarked = mark !== undefined && store.kind === 'channel' && options.conflict_target === undefined
    const conflict_target = isMarked ? PART_MARK : options.conflict_target
    try {
      const body = async () => {
        const opened = await openDiskFile(file)
        // The version that is sent: the file may have been replaced since.
        bytes = details.bytes = opened.size
        modified = opened.modified
        return opened
      }
      const request = { ...this.#request, ...call, onProgress }
      const { file_id: id } = await uploadInto(store, path, body, { metadata, lifetime, conflict_target }, request)
      details.id = id
      await finish(id)
      return {}
    } catch (error) {
      if (conflict_target !== undefined && isApiError(error) && error.status === 409) {
        await finish(undefined, conflict_target)
        return { skipped: isMarked ? 'journal' : 'conflict' }
      }
      if (open === undefined && isAbejaError(error) && !mayHaveBeenProcessed(error))
        await journal?.fail(path).catch(end)
      throw error
    }
  }

  /** Returns the id of the file of a bucket that an earlier run has uploaded with this mark. */
  async #uploadedWith(mark: string, store: FileStore, path: string, call: CallOptions): Promise<string | undefined> {
    if (store.kind === 'channel' || this.#settings.isFirstRun) return undefined
    try {
      const { file_id, metadata } = await store.get(path, { ...this.#request, ...call })
      return markOf(metadata) === mark ? file_id : undefined
    } catch (error) {
      if (isApiError(error) && error.status === 404) return undefined
      throw error
    }
  }

  #fileAt(path: string): string {
    const { directory, source } = this.#settings
    return join(directory, source ?? path)
  }

  async #metadataOf(path: string): Promise<Metadata> {
    const { left, options } = this.#settings
    const { metadata } = options
    return left.get(path)?.metadata ?? (typeof metadata === 'function' ? await metadata(path) : metadata) ?? {}
  }

  /** Returns the id of the file on the platform that has the same name and the same bytes. */
  async #unchanged(
    store: FileStore,
    path: string,
    metadata: Metadata,
    bytes: number,
    call: CallOptions,
  ): Promise<string | undefined> {
    const remote = await this.#remote(store, path, metadata, call)
    if (!remote || (remote.bytes !== undefined && remote.bytes !== bytes)) return undefined
    const checksum = await remoteChecksum(remote, store, call)
    return (await hasSameBytes(this.#fileAt(path), bytes, checksum)) ? remote.id : undefined
  }

  /** In a bucket the path is the name; in a channel it is the metadata `filename`, which may be another. */
  async #remote(
    store: FileStore,
    path: string,
    metadata: Metadata,
    call: CallOptions,
  ): Promise<RemoteFile | undefined> {
    const request = { ...this.#request, ...call }
    try {
      if (store.kind === 'bucket') return bucketFile(await store.get(path, request), path)
      this.#index ??= this.#listNames()
      const id = (await this.#index).get(filenameOf(metadata) ?? path)
      return id === undefined ? undefined : channelFile(await store.get(id, request))
    } catch (error) {
      if (isApiError(error) && error.status === 404) return undefined
      throw error
    }
  }

  async #listNames(): Promise<ReadonlyMap<string, string>> {
    const { store, signal } = this.#settings
    const names = new Map<string, string>()
    if (store.kind === 'bucket') return names
    // The oldest come first, so that of several files with a name the newest stays.
    for await (const { file_id, metadata } of store.list({}, { ...this.#request, signal })) {
      const filename = filenameOf(metadata)
      if (filename !== undefined) names.set(filename, file_id)
    }
    return names
  }

  /** A file of a bucket that is sent twice is one file; in a channel it would be two. */
  async #findLostUploads(): Promise<ReadonlyMap<string, string>> {
    const { store, journal, left, clock, signal, options } = this.#settings
    if (store.kind === 'bucket' || options.dryRun) return new Map()
    const lost: LostUpload[] = []
    for (const path of new Set([...left.keys(), ...(journal?.begunKeys() ?? [])])) {
      const { unconfirmedSince: since } = this.leftOf(path)
      if (since === undefined) continue
      try {
        const metadata = withFilename(store, path, await this.#metadataOf(path))
        lost.push({ path, file: this.#fileAt(path), since: Date.parse(since) || 0, metadata })
      } catch (error) {
        this.#lookupErrors.set(path, error)
      }
    }
    if (lost.length === 0) return new Map()
    return findLostUploads(store, lost, clock, { ...this.#request, signal })
  }
  /** Those of a bucket are looked up one by one. */
  async #findMarkedUploads(): Promise<ReadonlyMap<string, string>> {
    const { store, left, isFirstRun, signal } = this.#settings
    if (store.kind === 'bucket' || isFirstRun) return new Map()
    const marks = new Map<string, string>()
    for (const [path, { metadata = {} }] of left) {
      const mark = markOf(metadata)
      if (mark !== undefined) marks.set(path, mark)
    }
    const ids = await findMarked(store, marks.values(), { ...this.#request, signal })
    const found = new Map<string, string>()
    for (const [path, mark] of marks) {
      const id = ids.get(mark)
      if (id !== undefined) found.set(path, id)
    }
    return found
  }
}
