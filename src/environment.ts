import { InvalidRequestError } from './errors/client-errors.ts'

/** A variable of the environment, where the runtime has one. An empty one counts as missing. */
export function environmentVariable(name: string): string | undefined {
  const value = globalThis.process?.env?.[name]
  return value === '' ? undefined : value
}

/** A variable that holds a number of 0 or more. Throws `InvalidRequestError` when it holds something else. */
export function environmentNumber(name: string): number | undefined {
  const text = environmentVariable(name)
  if (text === undefined) return undefined
  const value = Number(text)
  if (text.trim() !== '' && value >= 0) return value
  throw new InvalidRequestError(`The environment variable ${name} holds ${JSON.stringify(text)}, not a number.`)
}
