import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isAbejaError, isApiError, type Metadata, type RequestOptions } from '../../index.ts'
import { hasSameBytes, remoteChecksum } from '../disk/checksum.ts'
import { openDiskFile, requireRegularFile } from '../disk/disk-file.ts'
import { onDisk } from '../disk/local-file-error.ts'
import type { Done, Job, Task } from '../engine/transfer-job.ts'
import { requestOptions } from '../engine/transfer-options.ts'
import type { Journal } from '../journal/journal.ts'
import {
  bucketFile,
  channelFile,
  type FileStore,
  type RemoteFile,
  remoteName,
  uploadInto,
} from '../remote/remote-files.ts'
import { mayHaveBeenProcessed } from '../report/file-record.ts'
import type { UnfinishedRecord } from '../report/report.ts'
import { findUploads, type LostUpload } from './lost-uploads.ts'
import type { UploadDirectoryOptions } from './upload-directory.ts'

/** What the upload of a folder works with. */
export interface FolderUploadSettings {
  readonly store: FileStore
  readonly folder: string
  readonly options: UploadDirectoryOptions
  /** What an earlier run has left, by the paths. */
  readonly left: ReadonlyMap<string, UnfinishedRecord>
  readonly journal: Journal | undefined
  /** Aborted when nothing more is to be asked for. */
  readonly signal: AbortSignal
}

/** Uploads the files of a folder, one by one. */
export class FolderUpload {
  readonly #settings: FolderUploadSettings
  readonly #request: RequestOptions
  /** Uploads that earlier runs have ended without knowing it: the ids, by the paths. */
  #found: ReadonlyMap<string, string> = new Map()
  /** The files of a channel, by their names. Only `skipUnchanged` asks for it. */
  #index: Promise<ReadonlyMap<string, string>> | undefined

  private constructor(settings: FolderUploadSettings) {
    this.#settings = settings
    this.#request = requestOptions(settings.options)
  }

  /** Looks for what earlier runs have left open. */
  static async prepare(settings: FolderUploadSettings): Promise<FolderUpload> {
    const upload = new FolderUpload(settings)
    upload.#found = await upload.#findUnended()
    return upload
  }

  /** What earlier runs have left of a file. An upload that was begun and not ended stays open until it is settled. */
  leftOf(path: string): NonNullable<Job['left']> {
    const { left, journal } = this.#settings
    const { metadata, uncertain_since: told } = left.get(path) ?? {}
    const begun = journal?.begun.get(path)?.toISOString()
    const since = told !== undefined && begun !== undefined && begun < told ? begun : (told ?? begun)
    return { ...(metadata && { metadata }), ...(since !== undefined && { uncertain_since: since }) }
  }

  /** Uploads a file, unless that is not needed. */
  async run(path: string, { signal, pacing, onProgress, facts, end }: Task): Promise<Done> {
    const { folder, left, journal, options } = this.#settings
    const store = this.#settings.store.paced(pacing)
    const file = join(folder, path)
    let { size: bytes, mtimeMs: modified } = requireRegularFile(file, await onDisk('read', file, stat(file)))
    facts.bytes = bytes
    // What is stored is stored: a journal that cannot be written ends the transfer, and is not this file's failure.
    const finish = (id: string | undefined, conflict?: string) =>
      journal?.finish(path, { bytes, modified, id, conflict, path }).catch(end)
    const earlier = journal?.done(path)
    // What was refused for one conflict_target may be taken with another, or with none.
    const isDone = earlier && (earlier.conflict === undefined || earlier.conflict === options.conflict_target)
    if (isDone && earlier.bytes === bytes && earlier.modified === modified) {
      if (earlier.id !== undefined) facts.id = earlier.id
      return { skipped: 'journal' }
    }
    const found = this.#found.get(path)
    if (found !== undefined) {
      facts.id = found
      await finish(found)
      return { skipped: 'journal' }
    }
    const metadata = await this.#metadataOf(path)
    if (options.metadata || left.get(path)?.metadata) facts.metadata = metadata
    const unchanged = options.skipUnchanged ? await this.#unchanged(store, path, metadata, bytes, signal) : undefined
    if (unchanged !== undefined) {
      facts.id = unchanged
      if (journal?.begun.has(path)) await finish(unchanged)
      return { skipped: 'unchanged' }
    }
    if (options.dryRun) return { skipped: 'dry-run' }
    const open = this.leftOf(path).uncertain_since
    facts.sentSince = open === undefined ? new Date() : new Date(open)
    if (!journal?.begun.has(path)) {
      await journal?.begin(path, facts.sentSince).catch((error: unknown) => {
        end(error)
        throw error
      })
    }
    const { lifetime, conflict_target } = options
    const request = { ...this.#request, signal, onProgress }
    try {
      const body = async () => {
        const opened = await openDiskFile(file)
        // The version that is sent, in case it was replaced since.
        bytes = facts.bytes = opened.size
        modified = opened.modified
        return opened
      }
      const { file_id: id } = await uploadInto(store, path, body, { metadata, lifetime, conflict_target }, request)
      facts.id = id
      await finish(id)
      return {}
    } catch (error) {
      if (conflict_target !== undefined && isApiError(error) && error.status === 409) {
        await finish(undefined, conflict_target)
        return { skipped: 'conflict' }
      }
      if (open === undefined && isAbejaError(error) && !mayHaveBeenProcessed(error))
        await journal?.fail(path).catch(end)
      throw error
    }
  }

  async #metadataOf(path: string): Promise<Metadata> {
    const { left, options } = this.#settings
    const { metadata } = options
    return left.get(path)?.metadata ?? (typeof metadata === 'function' ? await metadata(path) : metadata) ?? {}
  }

  /** The id of the file on the platform that has the same name and the same bytes. */
  async #unchanged(
    store: FileStore,
    path: string,
    metadata: Metadata,
    bytes: number,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    const remote = await this.#remote(store, path, metadata, signal)
    if (!remote || (remote.bytes !== undefined && remote.bytes !== bytes)) return undefined
    const checksum = await remoteChecksum(remote, store, signal)
    return (await hasSameBytes(join(this.#settings.folder, path), bytes, checksum)) ? remote.id : undefined
  }

  /** In a bucket the path is the name; in a channel the metadata `filename` is, which need not be the path. */
  async #remote(
    store: FileStore,
    path: string,
    { filename = path }: Metadata,
    signal: AbortSignal,
  ): Promise<RemoteFile | undefined> {
    const request = { ...this.#request, signal }
    try {
      if (store.kind === 'bucket') return bucketFile(await store.get(path, request), path)
      this.#index ??= this.#listNames()
      const id = (await this.#index).get(filename)
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
    // The oldest come first, so of several files with a name the newest stays.
    for await (const { file_id, metadata } of store.list({}, { ...this.#request, signal })) {
      if (metadata.filename !== undefined) names.set(metadata.filename, file_id)
    }
    return names
  }

  /** A file of a bucket that is sent twice is one file; in a channel it would be two. */
  async #findUnended(): Promise<ReadonlyMap<string, string>> {
    const { store, folder, journal, left, signal, options } = this.#settings
    if (store.kind === 'bucket' || options.dryRun) return new Map()
    const lost: LostUpload[] = []
    for (const path of new Set([...left.keys(), ...(journal?.begun.keys() ?? [])])) {
      const { uncertain_since } = this.leftOf(path)
      if (uncertain_since === undefined) continue
      const metadata = { filename: remoteName(store, path), ...(await this.#metadataOf(path)) }
      lost.push({ path, file: join(folder, path), since: new Date(uncertain_since), metadata })
    }
    return lost.length === 0 ? new Map() : findUploads(store, lost, signal, { ...this.#request, signal })
  }
}
