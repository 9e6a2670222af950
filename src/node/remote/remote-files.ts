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

/** The files of a channel or of a bucket: `files` of their handles. */
export type FileStore = ChannelStore | BucketStore

/** The target or source of a directory transfer: `abeja.channel(…)` or `abeja.bucket(…)`, or their files. */
export type FilePlace = ChannelHandle | BucketHandle | FileStore

/** Returns the files of a handle. */
export function storeOf(place: FilePlace): FileStore {
  return 'kind' in place ? place : place.files
}

/** The parameters of the upload of a file of a directory. */
export interface DirectoryFileParams {
  readonly metadata: Metadata
  readonly lifetime: Lifetime | undefined
  /** For channels only. */
  readonly conflict_target: string | undefined
}

/** Uploads a file of a directory. */
export function uploadInto(
  store: FileStore,
  path: string,
  body: UploadBody,
  { metadata, lifetime, conflict_target }: DirectoryFileParams,
  options: UploadOptions,
): Promise<UploadedFile> {
  if (store.kind === 'bucket') return store.upload(path, body, { metadata, lifetime }, options)
  return store.upload(body, { metadata, lifetime, conflict_target }, options)
}

/** Returns the metadata of a file of a directory: `filename` is its path on the platform, unless another is given. */
export function withFilename(store: FileStore, path: string, metadata: Metadata): Metadata {
  return mergeMetadata({ filename: remoteName(store, path) }, metadata)
}

/** Returns the metadata `filename`, ignoring the prefix and case of its key. */
export function filenameOf(metadata: Metadata): string | undefined {
  return metadataValue(metadata, 'filename')
}

/** Returns the name on the platform of a path of the directory. */
function remoteName(store: FileStore, path: string): string {
  return store.kind === 'bucket' ? store.locationOf(path) : path
}

/** A file on the platform, as a list returns it. */
export interface RemoteFile {
  readonly id: string
  /** With `/`. It may be unsafe as a path. */
  readonly name: string
  /** In bytes; undefined for a channel, whose lists do not state it. */
  readonly bytes: number | undefined
  /** The MD5 in hex, where the platform states it. */
  readonly md5: string | undefined
  /** When it was last written, in milliseconds since 1970; 0 when it is not known, or the file cannot change. */
  readonly modified: number
  open(pacedStore: FileStore, options: DownloadOptions): Promise<Download>
}

/** Returns the form in which ids are compared: those of a bucket are returned with or without a leading slash. */
export function remoteKey(store: FileStore, id: string): string {
  return store.kind === 'bucket' ? id.replace(/^\//, '') : id
}

/** Iterates over every file of the store: those of a channel by their time. */
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

/** Describes a file of a bucket by its entry in a list, or by a response. */
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

/** Describes a file of a channel. Without `filename`, its id is its name. */
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
