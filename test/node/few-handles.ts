// Uploads a directory with few file handles: started by file-handles.test.ts by way of a shell that limits them.

import { AbejaClient } from '../../src/index.ts'
import { uploadDirectory } from '../../src/node.ts'

const [baseUrl = '', dir = ''] = process.argv.slice(2)
const abeja = new AbejaClient({ organizationId: '1', baseUrl, credential: { authToken: 'token' }, maxRetries: 0 })
let isThrottled = false
const { succeeded, failed } = await uploadDirectory(abeja.channels.files.in('1'), dir, {
  concurrency: 200,
  onEvent: ({ type }) => {
    isThrottled ||= type === 'throttled'
  },
})
process.stdout.write(
  JSON.stringify({ succeeded: succeeded.length, isThrottled, errors: failed.map(({ error }) => error.message) }),
)
