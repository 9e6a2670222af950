/** Replaces control characters: in a terminal, those of a file name could move the cursor or overwrite lines. */
export function plainText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is replaced.
  return text.replaceAll(/[\x00-\x1f\x7f-\x9f]/g, '�')
}
