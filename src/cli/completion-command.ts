import { Argument, Command } from 'commander'

const SHELLS = ['bash', 'zsh', 'fish'] as const

/** The command `completion`. */
export function completionCommand(program: Command): Command {
  return new Command('completion')
    .summary('print a completion script for a shell')
    .description(
      'Print a completion script. Example, for bash: source <(abeja-platform-client completion bash); for fish: abeja-platform-client completion fish | source',
    )
    .addArgument(new Argument('<shell>', 'the shell').choices([...SHELLS]))
    .action((shell: (typeof SHELLS)[number]) => {
      process.stdout.write(shell === 'fish' ? fish(program) : shell === 'zsh' ? zsh(program) : bash(program))
    })
}

const NAMES = ['abeja-platform-client', 'abeja-files']

function flagsOf(command: Command): string[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .flatMap(({ long }) => long ?? [])
}

function bash(program: Command): string {
  const cases = program.commands.map((command) => `    ${command.name()}) words="${flagsOf(command).join(' ')}" ;;`)
  const names = program.commands.map((command) => command.name()).join(' ')
  return `_abeja_platform_client() {
  local words current="\${COMP_WORDS[COMP_CWORD]}"
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
  esac
  if [ "$COMP_CWORD" -eq 1 ]; then words="${names} --help --version"; fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _abeja_platform_client ${NAMES.join(' ')}
`
}

function zsh(program: Command): string {
  return `autoload -U +X bashcompinit && bashcompinit\n${bash(program)}`
}

function fish(program: Command): string {
  const lines = NAMES.flatMap((name) =>
    program.commands.flatMap((command) => [
      `complete -c ${name} -n __fish_use_subcommand -a ${command.name()} -d '${command.summary()}'`,
      ...flagsOf(command).map(
        (flag) => `complete -c ${name} -n '__fish_seen_subcommand_from ${command.name()}' -l ${flag.slice(2)}`,
      ),
    ]),
  )
  return `${lines.join('\n')}\n`
}
