import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { operations } from '../../generated/operations.ts'

/**
 * The operations that generated code does not have. Generators leave out, without a word, what they do not understand.
 * @param nameOf what the language calls an operation
 */
export async function operationsMissingIn(
  folder: string,
  nameOf = (operationId: string) => operationId,
): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile() && /\.(go|java|py|rb|ts)$/.test(entry.name))
  const texts = await Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name), 'utf8')))
  const functions = new Set(texts.flatMap((text) => text.match(/\w+(?= ?[(:=])/g) ?? []))
  return Object.keys(operations).filter((operationId) => !functions.has(nameOf(operationId)))
}

/** As Python names it. */
export function snakeCase(operationId: string): string {
  return operationId.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

/** As Go names it. */
export function capitalized(operationId: string): string {
  return operationId.charAt(0).toUpperCase() + operationId.slice(1)
}
