import { type AbejaError, isAbejaError } from '../../src/index.ts'

/** How a call ended: its result, or its error. */
export type Outcome = { readonly result: unknown } | { readonly error: AbejaError }

/** Waits for the end of a call. Fails when it throws anything but an error of the package. */
export async function outcomeOf(work: Promise<unknown>): Promise<Outcome> {
  try {
    return { result: await work }
  } catch (error) {
    if (isAbejaError(error)) return { error }
    throw error
  }
}

/** The error that a call ends in. Fails when there is none, and when it is none of the package. */
export async function abejaErrorOf(work: Promise<unknown>): Promise<AbejaError> {
  const outcome = await outcomeOf(work)
  if ('error' in outcome) return outcome.error
  throw new Error('it succeeded where an error was due')
}
