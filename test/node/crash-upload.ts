// Uploads a folder with a journal: started by crash.test.ts, which kills it half-way.

import { AbejaClient } from '../../src/index.ts'
import { uploadDirectory } from '../../src/node.ts'

const [kind = '', baseUrl = '', dir = '', journal = ''] = process.argv.slice(2)
const abeja = new AbejaClient({ organizationId: '1', baseUrl, credential: { authToken: 'token' } })
const store = kind === 'channel' ? abeja.channels.files.in('1') : abeja.buckets.files.in('2')
const { succeeded, skipped, failed } = await uploadDirectory(store, dir, { journal })
process.stdout.write(JSON.stringify({ succeeded: succeeded.length, skipped: skipped.length, failed: failed.length }))
