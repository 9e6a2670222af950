/** `image/jpeg`, `text/csv; charset=Shift_JIS`: what can be the type of a file. Wildcards cannot. */
export function isMediaType(text: string): boolean {
  return /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?:\s*;[\t\x20-\x7e\x80-\xff]*)?$/.test(text)
}
