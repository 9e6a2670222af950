import { parseArgs } from 'node:util'
import { buildSite } from './docs/build-site.ts'

const { values } = parseArgs({ options: { out: { type: 'string', default: 'site' } } })
await buildSite(values.out)
console.log(`The site is in ${values.out}: open ${values.out}/index.html.`)
