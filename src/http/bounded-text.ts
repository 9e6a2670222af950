import type { Clock } from './clock.ts'

/** The start of a body. */
export interface BoundedText {
  readonly text: string
  /** How much of the body was read. */
  readonly bytes: number
  /** Whether the body goes on after the text. */
  readonly isCut: boolean
}

const BOUND = 64 * 1024

/**
 * The start of a body as text: at most 64 KiB, the rest is not fetched. A body that breaks off, or a clock that runs
 * out, gives what came until then: what is missing from the text of an error must not hide the error.
 */
export async function boundedText({ body }: Response, clock: Clock): Promise<BoundedText> {
  if (!body) return { text: '', bytes: 0, isCut: false }
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  try {
    while (bytes < BOUND) {
      const { done, value } = await clock.race(reader.read())
      if (done) return { text: text + decoder.decode(), bytes, isCut: false }
      text += decoder.decode(value.subarray(0, BOUND - bytes), { stream: true })
      bytes += value.byteLength
    }
    return { text, bytes, isCut: true }
  } catch {
    return { text, bytes, isCut: false }
  } finally {
    void reader.cancel().catch(() => {})
  }
}
