// Setup of the suites that run on `httpFetch` in place of the runtime's `fetch`.

import { httpFetch } from '../../src/node.ts'

globalThis.fetch = httpFetch()
