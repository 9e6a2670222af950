import { Command } from 'commander'

/** The command `mock`. The server and its libraries are loaded only when it runs. */
export function mockCommand(): Command {
  return new Command('mock')
    .summary('start a mock server of the platform')
    .argument('[args...]')
    .allowUnknownOption()
    .passThroughOptions()
    .action(async (args: readonly string[]) => {
      const { runMockCommand } = await import('../mock/command.ts')
      await runMockCommand(args)
    })
}
