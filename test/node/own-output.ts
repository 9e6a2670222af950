// Uploads a directory and downloads into it, and writes both reports to standard output: started by own-files.test.ts.

import { AbejaClient } from '../../src/index.ts'
import { downloadDirectory, uploadDirectory } from '../../src/node.ts'

const [baseUrl = '', dir = ''] = process.argv.slice(2)
const abeja = new AbejaClient({ organizationId: '1', baseUrl, credential: { authToken: 'token' } })
const up = await uploadDirectory(abeja.channels.files.in('1'), dir)
const down = await downloadDirectory(abeja.buckets.files.in('2'), dir, { overwrite: true })
process.stdout.write(JSON.stringify([up, down]))
