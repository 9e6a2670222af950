import { md5InEtag } from '../../files/stored-object.ts'
import type {
  BucketEntry,
  BucketHandle,
  BucketStore,
  ChannelFile,
  ChannelHandle,
  ChannelStore,
  Download,
  DownloadOptions,
  Lifetime,
  Metadata,
  RequestOptions,
  UploadBody,
  UploadedFile,
  UploadOptions,
} from '../../index.ts'
import { mergeMetadata, metadataValue } from '../../metadata/metadata-codec.ts'

/** Where folders are transferred to and from: `abeja.channels.files.in(…)` or `abeja.buckets.files.in(…)`. */
export type FileStore = ChannelStore | BucketStore

/** What a directory is transferred to or from: `abeja.channel(…)` or `abeja.bucket(…)`, or their files. */
export type FilePlace = ChannelHandle | BucketHandle | FileStore

/** Returns the files of a handle. */
export function storeOf(place: FilePlace): FileStore {
  return 'kind' in place ? place : place.files
}

/** What goes with a file of a folder. */
export interface FolderFile {
  readonly metadata: Metadata
  readonly lifetime: Lifetime | undefined
  /** Of channels alone. */
  readonly conflict_target: string | undefined
}

/** Uploads a file of a directory. */
export function uploadInto(
  store: FileStore,
  path: string,
  body: UploadBody,
  { metadata, lifetime, conflict_target }: FolderFile,
  options: UploadOptions,
): Promise<UploadedFile> {
  if (store.kind === 'bucket') return store.upload(path, body, { metadata, lifetime }, options)
  return store.upload(body, { metadata, lifetime, conflict_target }, options)
}

/** The metadata of a file of a directory: `filename` is its path on the platform, unless another is given. */
export function withFilename(store: FileStore, path: string, metadata: Metadata): Metadata {
  return mergeMetadata({ filename: remoteName(store, path) }, metadata)
}

/** The metadata `filename`, however its key is written. */
export function filenameOf(metadata: Metadata): string | undefined {
  return metadataValue(metadata, 'filename')
}

/** The name on the platform of a path of the folder. */
function remoteName(store: FileStore, path: string): string {
  return store.kind === 'bucket' ? store.locationOf(path) : path
}

/** A file of the platform, as a list tells it. */
export interface RemoteFile {
  readonly id: string
  /** With `/`. Nothing says that it is a good name for a file. */
  readonly name: string
  /** In bytes; a channel does not tell it. */
  readonly bytes: number | undefined
  /** The MD5 in hex, where the platform tells one. */
  readonly md5: string | undefined
  /** When it was last written, in milliseconds since 1970; 0 where it is not known, or never written again. */
  readonly modified: number
  open(pacedStore: FileStore, options: DownloadOptions): Promise<Download>
}

/** The same for two ids of one file: those of a bucket come with a leading slash and without. */
export function remoteKey(store: FileStore, id: string): string {
  return store.kind === 'bucket' ? id.replace(/^\//, '') : id
}

/** Every file of the store. Of a channel the newest come first, or the oldest. */
export async function* remoteFiles(
  store: FileStore,
  order: 'newest' | 'oldest',
  options: RequestOptions,
): AsyncGenerator<RemoteFile, void, undefined> {
  if (store.kind === 'bucket') {
    for await (const entry of store.files(options)) {
      const name = store.pathOf(entry.file_id)
      if (name !== undefined) yield bucketFile(entry, name)
    }
    return
  }
  const sort = order === 'newest' ? { sort: ['-uploaded_at'] } : {}
  for await (const file of store.list(sort, options)) yield channelFile(file)
}

/** A file of a bucket, by what a list or an answer tells. */
export function bucketFile(entry: BucketEntry, name: string): RemoteFile {
  return {
    id: entry.file_id,
    name,
    bytes: entry.size,
    md5: md5InEtag(entry.etag ?? ''),
    modified: Date.parse(entry.last_modified ?? '') || 0,
    open: (store, options) => (store.kind === 'bucket' ? store.download(entry, options) : mixedUp()),
  }
}

/** A file of a channel. One without a name is named by its id. */
export function channelFile(file: ChannelFile): RemoteFile {
  return {
    id: file.file_id,
    name: filenameOf(file.metadata) || file.file_id,
    bytes: undefined,
    md5: undefined,
    modified: 0,
    open: (store, options) => (store.kind === 'channel' ? store.download(file, options) : mixedUp()),
  }
}

function mixedUp(): never {
  throw new TypeError('a file of a channel and one of a bucket were mixed up')
}

/** A file of which only the id is known. */
export function fileById(id: string, name: string): RemoteFile {
  const open: RemoteFile['open'] = (store, options) => {
    if (store.kind === 'channel') return store.download(id, options)
    return store.download(store.pathOf(id) ?? id, options)
  }
  return { id, name, bytes: undefined, md5: undefined, modified: 0, open }
}
