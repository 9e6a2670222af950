// Starts the mock server. `npm run mock -- --help` lists its options.

import { runMockCommand } from '../src/mock/command.ts'

await runMockCommand(process.argv.slice(2))
