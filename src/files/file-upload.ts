import { fetchFeatures } from '../http/fetch-features.ts'
import type { HeaderRecord } from '../http/headers.ts'
import type { RequestBody } from '../http/request-body.ts'
import { decodeMetadata } from '../metadata/metadata-codec.ts'
import { checkDescription, contentTypeOf, type FileDescription, fileHeaders } from './file-description.ts'
import { meteredBody } from './metered-body.ts'
import { type OnProgress, ProgressMeter } from './progress.ts'
import { openBody, readOnce, type UploadBody } from './upload-body.ts'

/** Makes the request body of a file that is sent as it is, with its type and metadata as headers. */
export function rawUpload(body: UploadBody, file: FileDescription): RequestBody {
  checkDescription(file)
  return {
    once: readOnce(body),
    redirect: fetchFeatures().uploadRedirect,
    open: async () => {
      const opened = await openBody(body)
      const headers = { ...fileHeaders(file, opened), 'content-type': await contentTypeOf(file, opened) }
      return { ...opened, headers }
    },
  }
}

/** An upload whose progress is reported. */
export interface TrackedUpload {
  readonly body: RequestBody
  /** Must be called when the upload has succeeded. */
  readonly finish: () => void
  /** Returns the metadata that were sent, including the name of the body. */
  readonly metadata: () => Record<string, string>
}

/** Reports the progress of a file through every attempt to send it. */
export function trackedUpload(source: RequestBody, onProgress: OnProgress | null | undefined): TrackedUpload {
  const meter = new ProgressMeter(onProgress)
  let sent: HeaderRecord = {}
  const body: RequestBody = {
    ...source,
    async open(watcher) {
      const opened = await source.open(watcher)
      const { 'content-type': _, ...metadata } = opened.headers
      sent = metadata
      meter.start(opened.length)
      const onBytes = (count: number) => {
        meter.move(count)
        watcher.onBytes(count)
      }
      return meteredBody(opened, { ...watcher, onBytes })
    },
  }
  return { body, finish: () => meter.finish(), metadata: () => decodeMetadata({ metadata: sent }).metadata }
}
