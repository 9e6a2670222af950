// Starts the mock server: `npm run mock`, with the flags that `npm run mock -- --help` lists.

import { runMockCommand } from '../src/mock/command.ts'

await runMockCommand(process.argv.slice(2))
