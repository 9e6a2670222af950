import { InvalidRequestError } from './errors/client-errors.ts'

/** A variable of the environment, where the runtime has one. An empty one counts as missing. */
export function environmentVariable(name: string): string | undefined {
  try {
    const value = globalThis.process?.env?.[name]
    return value === '' ? undefined : value
  } catch {
    // Deno throws where the program may not read the environment: then there is none.
    return undefined
  }
}

/**
 * A variable that holds a number.
 * @param requirement what the number must be, and in which words that is said
 * @throws InvalidRequestError when it holds something else
 */
export function environmentNumber(
  name: string,
  requirement: { readonly met: (value: number) => boolean; readonly words: string },
): number | undefined {
  const text = environmentVariable(name)
  if (text === undefined) return undefined
  const value = Number(text)
  if (text.trim() !== '' && requirement.met(value)) return value
  throw new InvalidRequestError(
    `The environment variable ${name} holds ${JSON.stringify(text)}: it must be ${requirement.words}.`,
  )
}
