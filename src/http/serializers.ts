import { createQuerySerializer } from 'openapi-fetch'
import { serializePath } from './path.ts'

/** How openapi-fetch writes parameters into a URL: for the resources and for `abeja.api` alike. */
export const serializers = {
  pathSerializer: serializePath,
  // `sort` is one value with commas.
  querySerializer: createQuerySerializer({ array: { style: 'form', explode: false } }),
} as const
