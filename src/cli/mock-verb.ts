import { Command } from 'commander'

/** The verb `mock`. Its server, and the libraries under that, are loaded only when it is asked for. */
export function mockVerb(): Command {
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
