import { fetchFeatures } from '../http/fetch-features.ts'
import type { RequestBody } from '../http/request-body.ts'
import { decodeMetadata } from '../metadata/metadata-codec.ts'
import { type FilePayload, meteredBody } from './metered-body.ts'
import { type OnProgress, ProgressMeter } from './progress.ts'

/** A file in the form that its operation takes. */
export interface Upload {
  /** What the body is, when it can be opened only once. */
  readonly once: string | undefined
  open(): Promise<FilePayload>
}

/** An upload that knows how far it is and what went with it. */
export interface TrackedUpload {
  /** What the operation sends. */
  readonly body: RequestBody
  /** To be called when the upload has succeeded. */
  readonly finish: () => void
  /** The metadata that was sent, with what the body itself knew, such as its name. */
  readonly metadata: () => Record<string, string>
}

/** Follows a file through every attempt to send it. */
export function trackedUpload({ once, open }: Upload, onProgress?: OnProgress): TrackedUpload {
  const meter = new ProgressMeter(onProgress)
  let headers: FilePayload['headers'] = {}
  const body: RequestBody = {
    once,
    redirect: fetchFeatures().uploadRedirect,
    async open(watcher) {
      const payload = await open()
      const { 'content-type': _, ...described } = payload.headers
      headers = described
      meter.start(payload.length)
      const onBytes = (count: number) => {
        meter.move(count)
        watcher.onBytes(count)
      }
      return meteredBody(payload, { ...watcher, onBytes })
    },
  }
  return { body, finish: () => meter.finish(), metadata: () => decodeMetadata({ metadata: headers }).metadata }
}
