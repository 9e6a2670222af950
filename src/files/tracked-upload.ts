import type { RequestBody } from '../http/request-body.ts'
import { decodeMetadata } from '../metadata/metadata-codec.ts'
import { type OnProgress, ProgressMeter } from './progress.ts'

/** An upload that knows how far it is and what went with it. */
export interface TrackedUpload {
  /** What the operation sends. */
  readonly input: { readonly upload: RequestBody; readonly onSent: (count: number) => void }
  /** To be called when the upload has succeeded. */
  readonly finish: () => void
  /** The metadata that was sent, with what the body itself knew, such as its name. */
  readonly metadata: () => Record<string, string>
}

/** Follows a body through every attempt to send it. */
export function trackedUpload(body: RequestBody, onProgress?: OnProgress): TrackedUpload {
  const meter = new ProgressMeter(onProgress)
  let headers: Readonly<Record<string, string>> = {}
  const open: RequestBody['open'] = async () => {
    const payload = await body.open()
    const { 'content-type': _, ...described } = payload.headers
    headers = described
    meter.start(payload.length)
    return payload
  }
  return {
    input: { upload: { once: body.once, open }, onSent: (count) => meter.move(count) },
    finish: () => meter.finish(),
    metadata: () => decodeMetadata({ metadata: headers }).metadata,
  }
}
