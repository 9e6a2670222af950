/** Text for a terminal: control characters in a name could move its cursor or write over other lines. */
export function plainText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is them that are taken out.
  return text.replaceAll(/[\x00-\x1f\x7f-\x9f]/g, '�')
}
