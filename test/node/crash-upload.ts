// Uploads a directory with a journal: started by tests which kill it half-way. AHEAD_MS sets the clock of the process wrong.

import { AbejaClient } from '../../src/index.ts'
import { uploadDirectory } from '../../src/node.ts'

const ahead = Number(process.env.AHEAD_MS ?? 0)
const realNow = Date.now
const now = () => realNow() + ahead
globalThis.Date = new Proxy(Date, {
  construct: (target, args) => Reflect.construct(target, args.length > 0 ? args : [now()]),
  get: (target, key, receiver) => (key === 'now' ? now : Reflect.get(target, key, receiver)),
})

const [kind = '', baseUrl = '', dir = '', journal = ''] = process.argv.slice(2)
const abeja = new AbejaClient({ organizationId: '1', baseUrl, credential: { authToken: 'token' } })
const store = kind === 'channel' ? abeja.channels.files.in('1') : abeja.buckets.files.in('2')
const { succeeded, skipped, failed } = await uploadDirectory(store, dir, { journal })
process.stdout.write(JSON.stringify({ succeeded: succeeded.length, skipped: skipped.length, failed: failed.length }))
