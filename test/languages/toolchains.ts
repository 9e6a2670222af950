import { execute } from './execute.ts'

/** Debian's Python, not another one that may come first in the path: Debian's packages are for it. */
export const PYTHON = '/usr/bin/python3'

/** Where Debian's packages put sources of Go. */
export const GO_SOURCES = '/usr/share/gocode'

/** What Debian has of the Java client's libraries. */
export const JAVA_LIBRARIES = ['okhttp', 'okio', 'gson', 'geronimo-annotation-1.3-spec'].map(
  (name) => `/usr/share/java/${name}.jar`,
)

const TOOLCHAINS = {
  java: { packages: 'default-jdk-headless', probes: [['java', '-version']] },
  javac: {
    packages: 'default-jdk-headless libokhttp-java libgoogle-gson-java libgeronimo-annotation-1.3-spec-java',
    probes: [['javac', '-version'], ...JAVA_LIBRARIES.map((jar) => ['test', '-e', jar])],
  },
  go: {
    packages: 'golang-go golang-golang-x-oauth2-dev',
    probes: [
      ['go', 'version'],
      ['test', '-d', `${GO_SOURCES}/src/golang.org/x/oauth2`],
    ],
  },
  ruby: {
    packages: 'ruby ruby-typhoeus',
    probes: [['ruby', '-e', 'require "typhoeus"']],
  },
  python: {
    packages: 'python3 python3-urllib3 python3-six python3-certifi python3-dateutil',
    probes: [[PYTHON, '-c', 'import urllib3, six, certifi, dateutil']],
  },
}

export type Toolchain = keyof typeof TOOLCHAINS

/** Why something cannot be tested on this machine, or nothing if it can. */
export async function missing(toolchains: readonly Toolchain[]): Promise<string | undefined> {
  for (const toolchain of toolchains) {
    const { packages, probes } = TOOLCHAINS[toolchain]
    for (const probe of probes) {
      const failure = await execute(probe).then(
        () => undefined,
        ({ message }: Error) => `this machine lacks ${toolchain} (on Debian: apt-get install ${packages}): ${message}`,
      )
      if (failure !== undefined) return failure
    }
  }
  return undefined
}
