// Runs a part and prints its report: started by tests which kill it half-way.

import { readFile } from 'node:fs/promises'
import { AbejaClient } from '../../src/index.ts'
import { runPart } from '../../src/node.ts'

const [baseUrl = '', part = ''] = process.argv.slice(2)
const abeja = new AbejaClient({ organizationId: '1', baseUrl, credential: { authToken: 'token' } })
process.stdout.write(JSON.stringify(await runPart(abeja, JSON.parse(await readFile(part, 'utf8')))))
