import { spawn } from 'node:child_process'

/** Runs a program that measures, in a process of its own, and returns the figures that it prints as JSON. */
export async function measured<Figures>(program: string, ...args: readonly string[]): Promise<Figures> {
  const child = spawn(process.execPath, ['--expose-gc', program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  if (code !== 0) throw new Error(`the measurement ended with ${code}`)
  return JSON.parse(output)
}
