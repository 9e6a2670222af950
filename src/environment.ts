import { InvalidRequestError } from './errors/errors.ts'

/**
 * Returns an environment variable, without surrounding white space: mounted secrets end in a line break. An empty one
 * counts as missing, and so does any in a runtime without an environment.
 * @throws InvalidRequestError when it has quotes around it or control characters in it; the message does not show the value
 */
export function environmentVariable(name: string): string | undefined {
  const value = readVariable(name)?.trim()
  if (value === undefined || value === '') return undefined
  if (/\p{Control}/u.test(value)) throw invalid(name, 'must be one line without control characters')
  if (/^(["'`]).*\1$/.test(value)) throw invalid(name, 'must not be in quotes')
  return value
}

function readVariable(name: string): string | undefined {
  try {
    return globalThis.process?.env?.[name]
  } catch {
    // Deno throws where the program may not read the environment.
    return undefined
  }
}

/**
 * Returns an environment variable as a number.
 * @param requirement what the number must be, and its wording in a message
 * @throws InvalidRequestError when it is not such a number
 */
export function environmentNumber(
  name: string,
  requirement: { readonly met: (value: number) => boolean; readonly words: string },
): number | undefined {
  const text = environmentVariable(name)
  if (text === undefined) return undefined
  const value = Number(text)
  if (requirement.met(value)) return value
  throw invalid(name, `must be ${requirement.words} (received ${JSON.stringify(text)})`)
}

function invalid(name: string, requirement: string): InvalidRequestError {
  return new InvalidRequestError(`The environment variable ${name} ${requirement}.`)
}
