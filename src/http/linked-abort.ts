import { onAbort } from './on-abort.ts'

/** A signal that follows another, and can be aborted by itself. */
export interface LinkedAbort {
  readonly signal: AbortSignal
  abort(): void
  /** Lets go of the other signal. */
  release(): void
}

/** Makes a signal that is aborted with another one, with its reason, or before it. */
export function linkedAbort(other: AbortSignal | undefined): LinkedAbort {
  const controller = new AbortController()
  const follow = () => controller.abort(other?.reason)
  if (other?.aborted) follow()
  const release = other && onAbort(other, follow)
  return { signal: controller.signal, abort: () => controller.abort(), release: () => release?.() }
}
