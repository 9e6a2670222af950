type Json = Readonly<Record<string, unknown>>

/**
 * An answer of the wire as the client hands it out: of everything that carries metadata the metadata without prefixes,
 * always there, and the platform's apart. An own, simple telling of the rule, to check the client's by.
 * @param decode what is done with each key and value
 */
export function withPlainMetadata(value: unknown, decode: (text: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => withPlainMetadata(item, decode))
  if (!isJson(value) || !('metadata' in value || 'is_file' in value)) return value
  const metadata = Object.entries(isJson(value.metadata) ? value.metadata : {})
  const withPrefix = (prefix: string): Json => {
    const chosen = metadata.filter(([key]) => key.startsWith(prefix))
    return Object.fromEntries(
      chosen.map(([key, text]) => [decode(key.slice(prefix.length)), typeof text === 'string' ? decode(text) : text]),
    )
  }
  return { ...value, metadata: withPrefix('x-abeja-meta-'), system_metadata: withPrefix('x-abeja-sys-meta-') }
}

/** Whether a value is a JSON object. */
export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
