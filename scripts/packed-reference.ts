// Writes the API reference that the mock server shows at /_docs into dist/, compressed. Run by the build.

import { writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { buildReference } from '../src/mock/page/reference.ts'

const page = await promisify(gzip)(await buildReference(), { level: 9 })
await writeFile(new URL('../dist/reference.html.gz', import.meta.url), page)
