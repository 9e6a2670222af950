import { AbejaError, isAbejaError } from '../errors/errors.ts'

/** The metadata of a file were replaced, its lifetime was not. */
export class PartialUpdateError extends AbejaError {
  override readonly name = 'PartialUpdateError'
  /** Whether the previous metadata were restored. */
  readonly restored: boolean
  /** Why the lifetime was not set. */
  readonly lifetimeError: unknown
  /** Why the metadata could not be restored; undefined when they were. */
  readonly restoreError: unknown

  constructor(lifetimeError: unknown, restoreError?: unknown) {
    const restored = restoreError === undefined
    const lead = restored
      ? 'The lifetime was not set, and the previous metadata were restored.'
      : 'The lifetime was not set, and the previous metadata could not be restored: the file has the new ones.'
    const reasons = [lifetimeError, restoreError].filter((reason) => reason !== undefined).map(messageOf)
    super([lead, ...reasons].join(' '), isAbejaError(lifetimeError) ? { ...lifetimeError, cause: lifetimeError } : {})
    this.restored = restored
    this.lifetimeError = lifetimeError
    this.restoreError = restoreError
  }

  /** With the second error, where there is one. */
  override toJSON(): Record<string, unknown> {
    const { lifetimeError: _, restoreError, ...details } = super.toJSON()
    return { ...details, ...(isAbejaError(restoreError) && { restoreError: restoreError.toJSON() }) }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
