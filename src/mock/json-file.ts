import { readFile } from 'node:fs/promises'

/** Reads a JSON file. An error names the file: there may be several. */
export async function readJsonFile(path: string): Promise<unknown> {
  return parseJsonFile(path, await readFile(path, 'utf8'))
}

/** Parses the text of the file at `path`. */
export function parseJsonFile(path: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Error(`${path} is not valid JSON: ${error instanceof Error ? error.message : error}`, { cause: error })
  }
}
