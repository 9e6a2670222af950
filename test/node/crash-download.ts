// Downloads a channel with a journal from a platform that never ends a file: started by own-files.test.ts, which kills it.

import { AbejaClient } from '../../src/index.ts'
import { downloadDirectory } from '../../src/node.ts'

const [baseUrl = '', dir = '', journal = ''] = process.argv.slice(2)
const abeja = new AbejaClient({ organizationId: '1', baseUrl, credential: { authToken: 'token' }, maxRetries: 100 })
await downloadDirectory(abeja.channels.files.in('1'), dir, { journal })
