/** Returns the value as a program without types would pass it. */
export function untyped(value: unknown) {
  return JSON.parse('[]').concat([value])[0]
}
